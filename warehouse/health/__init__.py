"""Health: checks that say whether the news flows, and if not, which source, since when and why.

    with Digest(Published(folder)) as news:
        findings = examine(news, folder, limits)
    worst(findings).status

Each check is defined once (catalog.py and sql/) and judged by one rule (check.Limits).
"""

from warehouse.health.catalog import CHECK, CHECKS
from warehouse.health.check import Check, Finding, Health, Limits, Subject, unit_of
from warehouse.health.examine import examine, examine_machine, worst
from warehouse.health.limits import read_limits
from warehouse.health.unreadable import readable_or_not

__all__ = [
    "CHECK", "CHECKS", "Check", "Finding", "Health", "Limits", "Subject", "examine",
    "examine_machine", "read_limits", "readable_or_not", "unit_of", "worst",
]  # fmt: skip
