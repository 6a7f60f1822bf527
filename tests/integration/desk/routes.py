"""Every address of the site, from the url conf itself."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver


class Route(NamedTuple):
    name: str
    pattern: str
    view: Any


def routes(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[Route]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern), f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield Route(f"{space}{one.name}", before + str(one.pattern), one.callback)
