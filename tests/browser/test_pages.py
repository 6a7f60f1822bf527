"""The pages in a real browser: accessible, narrow, within the content policy, by keyboard, without JavaScript, per role."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.machines import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCHOOLS = 300
PAGES = (
    "/overview/",
    "/schools/",
    "/schools/?text=zzz",
    "/measures/",
    "/measures/ks2.rwm_expected/",
    "/map/",
    "/data/",
    "/search/?q=primary",
)


@dataclass(frozen=True)
class Served:
    """A demonstration being served: its address and each role's sign-in."""

    address: str
    people: dict[str, tuple[str, str]]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("demo") / "home"
    command = [sys.executable, "-m", "headway"]
    said = subprocess.run(
        [*command, "demo", "--home", str(home), "--schools", str(SCHOOLS), "--no-serve"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    lines = re.findall(r"^  (\S.*?)\s{2,}(\S+@\S+)\s+(\S+)$", said.stdout, re.MULTILINE)
    people = {role.strip(): (email, word) for role, email, word in lines}
    port = free_port()
    server = subprocess.Popen(
        [*command, "serve", "--home", str(home), "--port", str(port), "--workers", "1"], stdout=subprocess.DEVNULL, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    _wait(address)
    yield Served(address, people)
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(20)


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/sign-in/login/", timeout=5):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not start")


def signed_in(page: Page, served: Served, role: str = "Head of school improvement") -> Page:
    email, word = served.people[role]
    page.goto(f"{served.address}/sign-in/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", word)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def a_school(page: Page, served: Served, phase: str) -> str:
    page.goto(f"{served.address}/schools/?phase={phase}")
    return str(page.get_attribute("table tbody th a", "href"))


def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served)
    schools = [a_school(page, served, phase) for phase in ("primary", "secondary")]
    for path in (*PAGES, *schools):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(served.address + path)
            assert answer is not None
            assert answer.status == 200, path
            assert axe(page) == [], f"{path} at {width}"
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_nothing_on_a_page_breaks_its_own_content_policy(page_at: Callable[..., Page], served: Served) -> None:
    page = page_at()
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text) if message.type in ("error", "warning") else None)
    signed_in(page, served)
    for path in (*PAGES, a_school(page, served, "primary")):
        page.goto(served.address + path)
    assert logged == []


def test_a_number_is_found_and_explained_by_keyboard_alone_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(java_script_enabled=False), served)
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the page"
    page.focus("#find")
    page.keyboard.type("primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.focus("main table tbody th a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools/9*/")
    page.focus("a:has-text('How this was worked out') >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explain/**")
    assert "Where it came from" in page.inner_text("main")


def test_a_head_sees_the_own_school_and_another_is_as_one_that_does_not_exist(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(f"{served.address}/schools/")
    every = {str(link.get_attribute("href")) for link in page.query_selector_all("table tbody th a")}
    head = signed_in(page_at(), served, "Headteacher")
    head.goto(f"{served.address}/schools/")
    own = {str(link.get_attribute("href")) for link in head.query_selector_all("table tbody th a")}
    assert len(own) == 1
    other = next(iter(every - own))
    refused, absent = head.goto(served.address + other), head.goto(f"{served.address}/schools/999999/")
    assert refused is not None
    assert absent is not None
    assert (refused.status, absent.status) == (404, 404)
