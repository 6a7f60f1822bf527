"""Every page that somebody can come to by links, from the url conf: each route once, with who came to it and at which address."""

import re
from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass

from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.serving import Served
from tests.desk_site import ready
from tests.integration.desk.routes import routes

ready()  # the url conf is read here; the pages are served by a process of their own

LINK = re.compile(r'<a\b[^>]*?href="(/[^"#]*)"')
FILES = re.compile(r"\.(?:csv|xlsx|docx|pdf|zip|ics|json|html)$|/document$|/data/loads/|/api/|/static/")


@dataclass(frozen=True)
class Come:
    """A page that a role came to."""

    role: str
    path: str


def ours() -> set[str]:
    """The names of the routes of ours, without those of signing in and the interface for programs."""
    from headway.site import sign_in

    of_sign_in = {one.name for one in routes(type("All", (), {"url_patterns": sign_in.urlpatterns})())}
    return {one.name for one in routes(get_resolver()) if one.name not in of_sign_in and not one.name.startswith("api:")}


def name_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def crawled(page: Page, served: Served, role: str, of_each: int, known: Collection[str] = ()) -> dict[str, Come]:
    """From the first page through all links to pages, until `of_each` addresses of every route that is linked were read: a visit that is
    booked leads elsewhere than one that is shared. What is `known` is not read again."""
    seen, found, many = {"/"}, dict[str, Come](), Counter[str]()
    waiting = deque(["/"])
    while waiting:
        path = waiting.popleft()
        answer = page.request.get(served.address + path)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        here = "/" + answer.url.removeprefix(served.address).lstrip("/")
        found.setdefault(name_of(here), Come(role, here))
        for link in LINK.findall(answer.text()):
            link = link.replace("&amp;", "&")
            name = name_of(link)
            if link in seen or not name or FILES.search(link.partition("?")[0]) or name in known or many[name] >= of_each:
                continue
            seen.add(link)
            many[name] += 1
            waiting.append(link)
    return found
