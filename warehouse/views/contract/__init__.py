"""The public views and their columns: what analysts build on.

docs/fields.md is generated from this page, and a test holds it against the views themselves.
"""

from warehouse.views.contract import articles, collecting, stories
from warehouse.views.contract.view import View

__all__ = ["PUBLIC_VIEWS", "View"]

# In dependency order: a view may use those above it.
PUBLIC_VIEWS: tuple[View, ...] = (*articles.VIEWS, *stories.VIEWS, *collecting.VIEWS)
