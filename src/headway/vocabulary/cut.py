"""A split of a measure by a characteristic: disadvantage=yes, sex=girls, or none of them."""

from headway.vocabulary.errors import HeadwayError

ALL = "all"


def parse_cut(text: str) -> str:
    """A cut as it is stored: `all`, or name=value pairs in order, joined by &.

    Raises H-USAGE-04 when a part is not name=value.
    """
    if text.strip() in ("", ALL):
        return ALL
    parts = sorted(part.strip() for part in text.split("&"))
    for part in parts:
        name, mark, value = part.partition("=")
        if not (mark and name and value):
            raise HeadwayError("H-USAGE-04", f"{text!r} is not a cut.", remedy="Write it as disadvantage=yes; headway measures lists them.")
    return "&".join(parts)
