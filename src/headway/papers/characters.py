"""Text that every writer can take: no control characters, no halves of characters, one kind of space between words."""

import re

# what XML cannot hold, and the marks that turn the direction of the text around them
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
SPACE = re.compile(r"[\t\n\r\v\f\u2028\u2029 ]+")
REPLACEMENT = "\ufffd"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """The text in one line. What cannot be written is shown as the replacement character, so that its loss is seen."""
    return UNWRITABLE.sub(REPLACEMENT, SPACE.sub(" ", text))


def safe(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text
