"""The words of the worked examples are those of the documents that they come from."""

import re
from pathlib import Path

import pytest

from headway.definitions.loading import library_for

SEEDS = {
    "birmingham_2015": "birmingham-education-plan-2015.txt",
    "stoke": "stoke-aspiration-and-achievement.txt",
    "worcestershire": "worcestershire-aiming-for-outstanding.txt",
}
LIBRARY = library_for()


def plain(text: str) -> str:
    """Its letters and numbers, in small letters, with one space between words."""
    return " ".join(re.findall(r"[a-z0-9%]+", text.lower()))


@pytest.mark.parametrize("name", sorted(one.id for one in LIBRARY.ambitions.values() if one.set in SEEDS))
def test_each_promise_is_quoted(name: str, shared: Path) -> None:
    """A heading and what stands under it may be joined by a colon; articles and endings may not be mended."""
    ambition = LIBRARY.ambitions[name]
    document = plain((shared / "seeds" / SEEDS[ambition.set]).read_text())
    for part in ambition.words.split(":"):
        assert plain(part) in document, part


def test_a_reference_was_read_or_says_that_it_was_not() -> None:
    for one in LIBRARY.ambitions.values():
        assert one.reference.read_words.startswith("read ") is (one.set in SEEDS), one.id
