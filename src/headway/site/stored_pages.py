"""In front of everything: the public pages go out of memory, without a session, a database or a template."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from headway.desk.publication import stored

UNDER = "/area/"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_stored_pages(application: Application, home: Path) -> Application:
    """The application, with GET and HEAD of the public address answered from what is stored."""

    def answered(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "")
        if not path.startswith(UNDER) or method not in ("GET", "HEAD"):
            return application(environ, start)
        told = stored.answer(home, path[len(UNDER) :], environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", ""))
        status, headers, body = told
        start(status, headers)
        return [body if method == "GET" else b""]

    return answered
