"""Which shape a table is in, where its header stands and which of its columns are ours."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.definitions.attendance_exports import AttendanceExport
from headway.registers.template import FROM_COMMAND, NEEDED, OPTIONAL, SessionHead, Shape, session_head

HEADER_WITHIN = 15  # rows of titles that an export may put above its header
FEWEST_SESSIONS = 2  # columns that make a table a wide one


@dataclass(frozen=True)
class Recognised:
    """`places` is ours → column; `heads` the sessions of a wide table's columns; `header_at` the last row of the header."""

    shape: Shape
    header_at: int
    header: tuple[str, ...]
    places: dict[str, int]
    heads: dict[int, SessionHead] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: int = 0  # columns that are nobody's


def plain(text: str) -> str:
    """A heading as it is compared: small letters, single spaces, underscores as spaces."""
    return " ".join(text.replace("_", " ").split()).lower()


def own_exports() -> list[tuple[Shape, dict[str, tuple[str, ...]], Mapping[str, Mapping[str, str]]]]:
    """Our own templates as if they were somebody's export."""
    return [(shape, {name: (name,) for name in (*NEEDED[shape], *OPTIONAL.get(shape, ()))}, {}) for shape in Shape]


def recognise(sample: Sequence[Sequence[str]], exports: Mapping[str, AttendanceExport], *, urn_given: bool) -> Recognised | None:
    """The shape that most columns speak for; None where no shape has all that it needs."""
    known = own_exports() + [(Shape(one.shape), dict(one.columns), one.values) for one in exports.values()]
    found = [
        fit
        for at in range(min(len(sample), HEADER_WITHIN))
        for shape, columns, values in known
        if (fit := _fit(sample, at, shape, columns, values, urn_given))
    ]
    return max(found, key=lambda fit: (len(fit.places) + len(fit.heads), -fit.header_at), default=None)


def _fit(
    sample: Sequence[Sequence[str]], at: int, shape: Shape, columns: Mapping[str, Sequence[str]],
    values: Mapping[str, Mapping[str, str]], urn_given: bool,
) -> Recognised | None:  # fmt: skip
    header = [plain(cell) for cell in sample[at]]
    places = {ours: place for ours, theirs in columns.items() if (place := _place(header, theirs)) is not None}
    needed = [name for name in NEEDED[shape] if not (urn_given and name in FROM_COMMAND)]
    if any(name not in places for name in needed):
        return None
    heads, header_at = session_heads(sample, at) if shape is Shape.WIDE else ({}, at)
    if shape is Shape.WIDE and len(heads) < FEWEST_SESSIONS:
        return None
    left_out = len(header) - len(places) - len(heads)
    return Recognised(shape, header_at, tuple(sample[at]), places, heads, values, left_out)


def _place(header: Sequence[str], theirs: Sequence[str]) -> int | None:
    return next((header.index(plain(name)) for name in theirs if plain(name) in header), None)


def session_heads(sample: Sequence[Sequence[str]], at: int) -> tuple[dict[int, SessionHead], int]:
    """The sessions that columns are of: told in the header's row, or by dates in it or above it with AM and PM below them."""
    one_row = {column: head for column, text in enumerate(sample[at]) if (head := session_head(text))}
    if one_row:
        return one_row, at
    for upper, lower in ((at, at + 1), (at - 1, at)):
        if upper >= 0 and lower < len(sample):
            heads = _of_two_rows(sample[upper], sample[lower])
            if heads:
                return heads, lower
    return {}, at


def _of_two_rows(days: Sequence[str], sessions: Sequence[str]) -> dict[int, SessionHead]:
    """A day stands over its morning, and over its afternoon too or nothing does."""
    found: dict[int, SessionHead] = {}
    day = ""
    for column, session in enumerate(sessions):
        above = days[column].strip() if column < len(days) else ""
        day = above or day
        head = session_head(f"{day} {session}") if day and session.strip() else None
        if head:
            found[column] = head
    return found


def nearest(header: Sequence[str], shape: Shape, alike: float = 0.5) -> dict[str, str]:
    """Ours → the heading that looks most like it, for a person to correct; empty where none does."""
    names = {plain(text): text for text in header}
    found = {}
    for ours in (*NEEDED[shape], *OPTIONAL.get(shape, ())):
        near = difflib.get_close_matches(plain(ours), names, n=1, cutoff=alike)
        inside = [text for text in names if plain(ours) in text.split()]
        found[ours] = names[(inside or near)[0]] if inside or near else ""
    return found


def lacking(header: Sequence[str], *, urn_given: bool) -> tuple[Shape, list[str]]:
    """The shape that a header comes nearest to, and what it lacks of it."""
    names = {plain(text) for text in header}
    missing = {
        shape: [name for name in NEEDED[shape] if plain(name) not in names and not (urn_given and name in FROM_COMMAND)]
        for shape in Shape
        if shape is not Shape.WIDE
    }
    shape = min(missing, key=lambda one: len(missing[one]) / len(NEEDED[one]))
    return shape, missing[shape]
