"""The instruments themselves: the browser draws, and axe finds a fault that was planted."""

from collections.abc import Callable

from playwright.sync_api import Page

SOUND = '<html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1><p>Some words.</p></main></body></html>'


def test_axe_finds_nothing_in_a_sound_page(page_at: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = page_at(width=320, bypass_csp=True)
    page.set_content(SOUND)
    assert axe(page) == []


def test_axe_finds_a_picture_without_words(page_at: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = page_at(bypass_csp=True)
    page.set_content(SOUND.replace("<p>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p>'))
    assert [fault.split(":")[0] for fault in axe(page)] == ["image-alt"]
