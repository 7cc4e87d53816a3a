"""Every page in a real browser: nothing fails, nothing leaves the machine, everybody can use it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Visit, browser, dashboard, kind_of
from playwright.sync_api import Browser, Page
from support import SEEDS, run, write_jsonl

from benchmarks import history

pytestmark = pytest.mark.usefixtures("inline")

HOSTILE = (
    '<script>window.pwned = 1</script>',
    '"><img src=x onerror="window.pwned = 1">',
    "{{ 7 * 7 }} ${7*7} javascript:window.pwned=1",
    "‮drawkcab gnidaer⁦ and a very long word: " + "Donaudampfschiff" * 200,
)  # fmt: skip
PAGES_AT_MOST = 60


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made-up past, the two real stories, and articles that mean harm."""
    folder = tmp_path_factory.mktemp("browser") / "data"
    history.write(folder)
    words = "A committee met in Geneva on Monday to speak of rivers, boats and bridges. " * 5
    rows = [
        {"id": str(number), "title": text, "text": f"{text}\n{words}{number}", "authors": [text],
         "url": f"javascript:window.pwned={number}", "source": text[:80]}
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    rows += [{"id": "empty", "title": HOSTILE[0], "text": "", "source": HOSTILE[1]}]
    hostile = write_jsonl(folder.parent / "<b>hostile</b>.jsonl", rows)
    run(folder, *SEEDS, hostile)
    return folder


@pytest.fixture(scope="module")
def base(warehouse: Path) -> Iterator[str]:
    with dashboard(warehouse) as address:
        yield address


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def paths(chrome: Browser, base: str) -> list[str]:
    """Return a page of every kind that links lead to from the first one, and the hostile ones."""
    seen: dict[str, str] = {"": "/"}
    waiting = ["/"]
    with Visit(chrome, base) as visit:
        while waiting and len(seen) < PAGES_AT_MOST:
            visit.go(waiting.pop(0))
            for path in visit.links():
                if path.startswith(("/data/", "/static/", "/chart/")):
                    continue
                if kind_of(path) not in seen:
                    seen[kind_of(path)] = path
                    waiting.append(path)
    return list(seen.values())


def test_no_page_has_a_fault_or_leaves_the_machine(
    chrome: Browser, base: str, paths: list[str]
) -> None:
    with Visit(chrome, base) as visit:
        for path in paths:
            page = visit.go(path)
            page.wait_for_load_state("networkidle")
            broken = page.eval_on_selector_all(
                "img", "all => all.filter(i => !i.naturalWidth).map(i => i.src)"
            )
            assert not broken, path
            assert page.evaluate("window.pwned") is None, path
            assert len(page.content()) <= 300_000, path
        assert visit.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(chrome: Browser, base: str, paths: list[str], scheme: str) -> None:
    with Visit(chrome, base, color_scheme=scheme) as visit:
        for path in paths:
            results = Axe().run(visit.go(path))
            assert results.violations_count == 0, f"{path}\n{results.generate_report()}"


def test_it_fits_a_phone(chrome: Browser, base: str, paths: list[str]) -> None:
    with Visit(chrome, base, viewport={"width": 390, "height": 844}) as visit:
        for path in paths:
            width = visit.go(path).evaluate("document.documentElement.scrollWidth")
            assert width <= 390, path


def test_it_is_useful_without_scripts(chrome: Browser, base: str, paths: list[str]) -> None:
    with Visit(chrome, base, java_script_enabled=False) as visit:
        for path in paths:
            page = visit.go(path)
            assert len(page.inner_text("main")) > 60, path
            assert not page.is_visible("button.copy"), path


def test_a_refresh_keeps_the_place(chrome: Browser, base: str) -> None:
    with Visit(chrome, base) as visit:
        page = visit.go("/")
        page.click("#funnel details summary")
        page.evaluate("window.scrollTo(0, 300)")
        page.evaluate("document.querySelector('main').dataset.old = 'yes'")
        page.evaluate("window.newsloomRefresh()")
        page.wait_for_function("document.querySelector('main').dataset.old !== 'yes'")
        assert page.evaluate("window.scrollY") == 300
        assert page.is_visible("#funnel details pre")
        assert visit.faults == []


def test_refreshing_can_be_paused_and_stays_so(chrome: Browser, base: str) -> None:
    with Visit(chrome, base) as visit:
        page = visit.go("/")
        page.uncheck("#refresh-on")
        page.reload()
        assert not page.is_checked("#refresh-on")


def test_the_sql_is_copied(chrome: Browser, base: str) -> None:
    with Visit(chrome, base, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.go("/")
        page.click("#funnel details summary")
        page.click("#funnel button.copy")
        page.wait_for_function(
            "document.querySelector('#funnel button.copy').textContent == 'Copied'"
        )
        assert "item_hours" in page.evaluate("navigator.clipboard.readText()")


def test_it_is_used_by_keyboard(chrome: Browser, base: str) -> None:
    with Visit(chrome, base) as visit:
        page = visit.go("/")
        page.keyboard.press("Tab")
        assert _focused(page) == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def _focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return text.strip()


@pytest.mark.skipif(not os.environ.get("NEWSLOOM_SHOTS"), reason="Pictures only where asked for.")
def test_pictures(chrome: Browser, base: str, paths: list[str]) -> None:
    folder = Path(os.environ["NEWSLOOM_SHOTS"])
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
        with Visit(chrome, base, **options) as visit:
            for path in paths:
                name = kind_of(path).replace("/", "-") or "overview"
                visit.go(path).screenshot(
                    path=folder / f"{name}-{scheme}-{width}.png", full_page=True
                )
