"""Did we see it coming? Schools that were found wanting, beside those that had been given more support before."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from headway.desk.boards.packs.sections import Asked
from headway.language.boards import ahead_sentence, seen_sentence
from headway.papers.blocks import Block, Column, Number, Paragraph, Table, Voice, Words
from headway.readings.found_wanting import Inspection, inspected

LOOKS_BACK = timedelta(days=365)
MONTH = 30.44  # days
NOTHING = "No school has been given more support yet, so nothing could have been seen coming."
CAUTION = (
    "A school is flagged from the day on which people decided that it has more support. One that was helped in time may be found well "
    "because it was: a flag without a poor inspection after it is not by itself a false one."
)


def early(asked: Asked) -> list[Block]:
    """By inspections that became known in the year up to the paper, as the snapshot has them."""
    if "flags" not in asked.spec.desk:  # a pack from before flags were kept in it: as it was written then
        return [Paragraph("No flag is recorded here yet.")]
    flags: Sequence[Mapping[str, Any]] = asked.spec.desk["flags"]
    if not flags:
        return [Paragraph(NOTHING)]
    day = asked.spec.day
    visits = inspected(asked.door, asked.spec.area, day - LOOKS_BACK, day)
    ahead = {one.urn: _days_ahead(one, flags) for one in visits}
    poor, well = [one for one in visits if one.wanting], [one for one in visits if not one.wanting]
    seen = [days for one in poor if (days := ahead[one.urn]) is not None]
    months = median(seen) / MONTH if seen else None
    counts = {
        "Schools inspected, as became known in the last year": len(visits),
        "Found wanting": len(poor),
        "Found wanting, and flagged before the visit": len(seen),
        "Found wanting, and not flagged": len(poor) - len(seen),
        "Flagged before the visit, and not found wanting": sum(ahead[one.urn] is not None for one in well),
        "Flagged now, and not inspected since": _waiting(flags, visits),
    }
    where = f"Decisions on tiers in the desk by {asked.spec.as_of}; inspections in snapshot {asked.spec.snapshot}."
    rows: tuple[tuple[Words, ...], ...] = tuple((what, (Number(f"{many:,}", where, float(many)),)) for what, many in counts.items())
    said = seen_sentence(len(poor), len(seen))
    blocks: list[Block] = [Paragraph(f"{said} {ahead_sentence(months)}".strip())]
    return [*blocks, Table("Early identification", (Column("What"), Column("How many", number=True)), rows), Paragraph(CAUTION, Voice.NOTE)]


def _days_ahead(one: Inspection, flags: Sequence[Mapping[str, Any]]) -> int | None:
    """Days from the flag that stood on the day of the visit to that day; None where none stood."""
    standing = [
        (one.inspected - date.fromisoformat(flag["since"])).days
        for flag in flags
        if flag["urn"] == one.urn and flag["since"] < str(one.inspected) and (not flag["until"] or flag["until"] > str(one.inspected))
    ]
    return max(standing, default=None)


def _waiting(flags: Sequence[Mapping[str, Any]], visits: Sequence[Inspection]) -> int:
    last = {one.urn: str(one.inspected) for one in visits}
    return sum(not flag["until"] and last.get(flag["urn"], "") <= flag["since"] for flag in flags)
