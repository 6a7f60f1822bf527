"""The example area served for a browser, with a sign-in for each role."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.example_area import demonstrate
from tests.machines import free_port


@dataclass(frozen=True)
class Served:
    """A demonstration being served: its address and each role's sign-in."""

    address: str
    people: dict[str, tuple[str, str]]
    home: Path | None = None  # its workspace


@pytest.fixture(scope="session")
def served(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("demo") / "home"
    lines = re.findall(r"^  (\S.*?)\s{2,}(\S+@\S+)\s+(\S+)$", demonstrate(example, home), re.MULTILINE)
    people = {role.strip(): (email, word) for role, email, word in lines}
    address, server = started(home)
    yield Served(address, people, home)
    stopped(server)


def started(home: Path, settings: Mapping[str, str] | None = None) -> tuple[str, "subprocess.Popen[bytes]"]:
    """A workspace is served by one worker, with these settings of the environment; its address and its process, once it answers."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "headway", "serve", "--home", str(home), "--port", str(port), "--workers", "1"],
        stdout=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **(settings or {})},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    _wait(address)
    return address, server


def stopped(server: "subprocess.Popen[bytes]") -> None:
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
