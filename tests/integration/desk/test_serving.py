"""The served site, as `headway serve` starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest

from headway.site import running
from headway.vocabulary.errors import HeadwayError
from tests.machines import free_port

SERVE = """
import sys
from pathlib import Path
from headway.site import running
running.serve(Path(sys.argv[1]), "127.0.0.1", int(sys.argv[2]), 1)
"""


def ask(port: int, path: str) -> tuple[int, Message]:
    """Status and headers; redirects are not followed."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        with connection.getresponse() as answer:
            answer.read()
            return answer.status, answer.headers


@pytest.fixture
def served(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "area.yaml").write_text('areas: ["000"]\nname: Wrenford\nexample: true\n')
    port = free_port()
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWAY_", "DJANGO_"))}
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path), str(port)], env=settings)
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(160):
        assert process.poll() is None, "the server ended"
        with suppress(ConnectionRefusedError):
            ask(port, "/sign-in/login/")
            return
        time.sleep(0.25)
    raise AssertionError("the server did not answer within 40 seconds")


def test_the_site_is_served_with_its_headers(served: int) -> None:
    status, headers = ask(served, "/")
    assert (status, headers["Location"]) == (302, "/sign-in/login/?next=/")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ask(served, "/no-such-page/")[0] == 404
    status, headers = ask(served, "/static/mfa/js/webauthn.js")
    assert status == 200
    assert "no-store" not in headers["Cache-Control"]


def test_without_production_only_this_machine_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "migrate", lambda home: None)
    with pytest.raises(HeadwayError) as refused:
        running.serve(tmp_path, "0.0.0.0", 8000, 1)  # noqa: S104 - what is refused
    assert refused.value.code == "H-ACCESS-30"
