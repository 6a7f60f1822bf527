"""A real Chromium for the journeys: one browser for the run, a fresh context for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.season import season
from tests.browser.serving import served

__all__ = ["season", "served"]

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
# root may not use the sandbox; the rest keeps the browser from calling home
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET = ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(chromium), args=[*FLAGS, *QUIET])
        yield started
        started.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`page_at(width=320, bypass_csp=True, …)`: a page in a context of its own; options are those of a context.

    Only axe needs the policy by-passed, since it is put into the page; a test of the policy itself must not.
    """
    contexts = []

    def opened(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong in a page (opened with bypass_csp): one line for each, with the first element it is wrong in."""
    if not AXE.exists():
        pytest.skip("axe-core is not in node_modules; run npm ci, or ./headway without HEADWAY_NO_ASSETS")

    def faults(page: Page) -> list[str]:
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        return [f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:120]})" for one in found["violations"]]

    return faults
