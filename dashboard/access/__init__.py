"""Who may see the dashboard: nobody from elsewhere, unless they know a token or a password."""

from dashboard.access.binding import check_binding, is_loopback
from dashboard.access.gate import Access

__all__ = ["Access", "check_binding", "is_loopback"]
