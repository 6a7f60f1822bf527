"""Where pages are, by name. A list of 450 schools has as many links, and working one out takes longer than writing it down."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=50_000)
def address(name: str, *given: object) -> str:
    """The address of a page by its name and what it needs. Raises NoReverseMatch, each time, where there is none."""
    return reverse(name, args=given)
