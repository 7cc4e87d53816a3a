"""The pages. Importing a module of this package registers its pages and figures."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dashboard.figures import Ask

MODULES = (
    "overview", "sources", "source", "runs", "run", "rejects", "reject", "checks",
    "stories", "articles", "entities", "trace", "sqlbox",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what is at its path."""

    path: str
    template: str
    menu: str
    """What the menu calls it; '' for those that are reached from others."""
    windowed: bool
    """It has a time window."""
    view: Callable[[Ask], dict[str, Any]]


PAGES: list[Page] = []


def page(
    path: str, template: str, *, menu: str = "", windowed: bool = False
) -> Callable[[Callable[[Ask], dict[str, Any]]], Callable[[Ask], dict[str, Any]]]:
    """Mark a function that returns what the template of a page is filled with.

    The parameters of the path are in `ask.parameters`. It may raise NotThere or UsageError.
    """

    def mark(view: Callable[[Ask], dict[str, Any]]) -> Callable[[Ask], dict[str, Any]]:
        PAGES.append(Page(path, template, menu, windowed, view))
        return view

    return mark


def load() -> list[Page]:
    """Return all pages, in the order of the menu."""
    for name in MODULES:
        import_module(f"dashboard.pages.{name}")
    return PAGES
