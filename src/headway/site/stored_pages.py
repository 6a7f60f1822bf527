"""In front of everything: the public pages go out of memory, without a session, a database or a template."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

from headway.desk.publication import stored

UNDER, PIECE = "/area/", 1 << 16
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
        if method != "GET":
            return [b""]
        return [body] if isinstance(body, bytes) else _read(environ, body)

    return answered


def _read(environ: dict[str, Any], path: Path) -> Iterable[bytes]:
    """A large file piece by piece: by the server's own way where it has one."""
    wrapper: Callable[..., Iterable[bytes]] = environ.get("wsgi.file_wrapper", FileWrapper)
    return wrapper(path.open("rb"), PIECE)
