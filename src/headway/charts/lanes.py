"""Inspections over years, one lane for each scale. Nothing joins the lanes: their grades cannot be compared."""

from collections.abc import Mapping, Sequence
from datetime import date

from headway.charts.drawing import Chart, Row, Scale, framed, line, mark, text
from headway.readings.answers import InspectionEvent

WIDE, NARROW, LANE, HEAD = 900.0, 320.0, 58.0, 22.0
OVERALL = "overall_effectiveness"


def lanes(events: Sequence[InspectionEvent], scales: Mapping[str, str], key: str, today: date) -> Chart:
    """`scales`: the id of each scale and its name in words, in the order of the lanes."""
    title = "Inspections, each on its own scale"
    dated = [event for event in events if event.inspected is not None]
    table = (
        ("Inspected", "Scale", "Judgement", "Grade in words"),
        *((_day(event.inspected), scales.get(event.scale, event.scale), judgement(event), event.words) for event in events),
    )
    if not dated:
        return Chart("", "", title, "No inspection is known.", table)
    used = [scale for scale in scales if any(event.scale == scale for event in dated)]
    alt = "; ".join(f"{scales[scale]}: {_told(dated, scale)}" for scale in used) + ". Grades of one lane cannot be compared with another's."
    drawings = [_drawing(f"{key}-{width:g}", width, dated, used, scales, title, alt, today) for width in (WIDE, NARROW)]
    return Chart(drawings[0], drawings[1], title, alt, table)


def judgement(event: InspectionEvent) -> str:
    name = event.judgement.replace("_", " ")
    return f"{name[:1].upper()}{name[1:]}{' (of a predecessor)' if event.of_predecessor else ''}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "date not known"


def _told(events: Sequence[InspectionEvent], scale: str) -> str:
    return ", ".join(f"{label} {_day(day)}" for day, label in _stops(events, scale))


def _stops(events: Sequence[InspectionEvent], scale: str) -> list[tuple[date, str]]:
    """(day, words) of each inspection on a scale: the overall grade, else how many areas were judged."""
    days: dict[date, list[InspectionEvent]] = {}
    for event in events:
        if event.scale == scale and event.inspected is not None:
            days.setdefault(event.inspected, []).append(event)
    return [(day, _label(found)) for day, found in sorted(days.items())]


def _label(found: list[InspectionEvent]) -> str:
    overall = next((event for event in found if event.judgement == OVERALL), None)
    return overall.words if overall else f"{len(found)} {'judgement' if len(found) == 1 else 'judgements'}"


def _drawing(
    key: str, width: float, events: Sequence[InspectionEvent], used: list[str], scales: Mapping[str, str], title: str, alt: str, today: date
) -> str:
    days = [event.inspected for event in events if event.inspected]
    first, last = min(days).year, max(today.year + 1, max(days).year + 1)
    across = Scale(date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal(), 12, width - 12)
    floor = HEAD + LANE * len(used)
    step = max(1, -(-(last - first) // (8 if width == WIDE else 4)))
    parts = []
    for year in range(first, last + 1, step):
        x = across(date(year, 1, 1).toordinal())
        parts += [line(x, HEAD - 6, x, floor, "grid"), text(min(max(x, 16), width - 16), floor + 16, str(year), "mid")]
    for row, scale in enumerate(used):
        top = HEAD + LANE * row
        parts.append(f'<rect class="lane" x="0" y="{top + 16:g}" width="{width:g}" height="{LANE - 20:g}"/>')
        parts += [text(2, top + 10, scales[scale], "strong halo"), *_marks(_stops(events, scale), across, top + 35, width)]
    return framed(key, width, floor + 22, title, alt, parts)


def _marks(stops: list[tuple[date, str]], across: Scale, y: float, width: float) -> list[str]:
    """Each inspection's mark with its words, where they do not run into the last ones; the table has them all."""
    parts, reached = [], 0.0
    for day, label in stops:
        x = across(day.toordinal())
        parts.append(mark("own", x, y, f"{_day(day)}: {label}"))
        length = len(label) * 6.4
        left = x + 8 if x + 8 + length < width else x - 8 - length
        if left >= reached:
            parts.append(text(round(left, 1), y + 4, label, "halo"))
            reached = left + length + 12
    return parts


def rows(events: Sequence[InspectionEvent], scales: Mapping[str, str]) -> list[Row]:
    """Newest first, for reading."""
    ordered = sorted(events, key=lambda event: (event.inspected or date.min, event.scale, event.judgement), reverse=True)
    return [(_day(event.inspected), scales.get(event.scale, event.scale), judgement(event), event.words) for event in ordered]
