"""A school and a workspace as text for the terminal."""

import textwrap
from collections.abc import Mapping
from typing import Any

from headway.desk.overview.sections import earlier, newest_year, of_inspection, sections
from headway.readings.answers import Explanation, MeasureLine, Profile, Trend
from headway.readings.door import Door
from headway.readings.files import by_measure, files
from headway.readings.measures import coverage
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.viewer import Viewer

WIDE = 46  # of a measure's name in a table for the terminal
LINE = "{:<46} {:>8} {:>12} {:>10} {:>10} {:>6}  {}"
HEAD = ("", "year", "school", "authority", "England", "years", "")


def _value(trend: Trend | None, year: Any) -> str:
    if trend is None:
        return "–"
    reading = next((item for item in trend.readings if item.year == year), None)
    return "–" if reading is None else shown(reading.value, reading.unit) if reading.value is not None else reading.status.words[:10]


def _line(line: MeasureLine) -> str:
    newest = line.own.latest
    if newest is None:
        return ""
    of = f"{newest.denominator:,.0f} pupils" if newest.denominator is not None and line.own.measure.cohort != "maintained_schools" else ""
    note = " · ".join(
        part
        for part in (of, "too few to judge alone" if line.small_cohort else "", "" if newest.release == "final" else newest.release.words)
        if part
    )
    value = shown(newest.value, newest.unit) if newest.value is not None else newest.status.words
    authority, england = (_value(line.comparators.get(name), newest.year) for name in ("authority", "england"))
    *above, title = textwrap.wrap(line.own.measure.title, WIDE, subsequent_indent="  ")
    told = LINE.format(title, str(newest.year), value[:12], authority, england, len(line.own.readings), note).rstrip()
    return "\n".join([*above, told])


def explanation_text(answer: Explanation, place: str, year: str, cut: str) -> str:
    """The chain behind one number for the terminal. `place` is what to call it where there is no reading that names it."""
    value = "no figure"
    if reading := answer.reading:
        value = shown(reading.value, reading.unit) if reading.value is not None else reading.status.words
        place = reading.place_name or place
    said = [f"{place}, {answer.measure.title}, {year}{f', {cut}' if cut else ''}: {value}"]
    for step in answer.steps:
        said += [f"\n{step.title}", *[f"  {line}" for line in step.lines]]
    return "\n".join(said)


def profile_text(answer: Profile, scales: Mapping[str, str]) -> str:
    """A school's page for the terminal. `scales` are the titles of the inspection scales."""
    school = answer.establishment
    said = [
        f"{school.name} (URN {school.urn})",
        " · ".join(
            part
            for part in (school.type, school.phase.replace("_", " "), school.authority_name, school.trust, school.postcode, school.status)
            if part
        ),
    ]
    said += [f"{link.kind} {link.urn} {link.name}{f' on {link.on}' if link.on else ''}" for link in answer.links]
    results = [line for line in answer.lines if not of_inspection(line)]  # grades are told below, in their own words
    current, older = earlier(results, newest_year(results))
    for title, lines in (
        ("Key measures", [line for kept in sections(current).values() for line in kept]),
        ("Who the pupils are", answer.context),
        ("Staff", answer.workforce),
        ("Money", answer.finance),
        ("No longer measured, or not for some years", older),
    ):
        if lines:
            said += ["", title, LINE.format(*HEAD).rstrip()]
            said += [told for line in lines if (told := _line(line))]
    return "\n".join([*said, *_inspections(answer, scales)])


def _inspections(answer: Profile, scales: Mapping[str, str]) -> list[str]:
    """The scales one after another, each with its judgements by day: no scale is turned into another."""
    said: list[str] = []
    for scale in dict.fromkeys(event.scale for event in answer.inspections):
        events = [event for event in answer.inspections if event.scale == scale]
        said += ["", f"Inspection: {scales.get(scale, scale)}"]
        for day in dict.fromkeys(event.inspected for event in events):
            areas = [f"{event.judgement.replace('_', ' ')} {event.words.lower()}" for event in events if event.inspected == day]
            said.append(textwrap.fill(f"{day or 'undated'}  {', '.join(areas)}", 100, initial_indent="  ", subsequent_indent=" " * 14))
    return said


def profile_rows(answer: Profile) -> list[dict[str, Any]]:
    """Every reading of the school as plain rows."""
    sections = (*answer.lines, *answer.context, *answer.workforce, *answer.finance, *answer.cuts)
    return [reading.as_dict() for line in sections for reading in line.own.readings]


def status_rows(door: Door, viewer: Viewer) -> list[dict[str, Any]]:
    """One row a landed or quarantined file."""
    from dataclasses import asdict

    return [asdict(row) for row in files(door, viewer)]


def reconciliation_rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a measure: how many published figures were held against our sums, how many agree, why the others do not."""
    return [
        {
            "measure": totals.measure,
            "figures": totals.figures,
            "within rounding": totals.within,
            "widest difference": totals.widest,
            "why the others differ": "; ".join(f"{reason} ({many:,})" for reason, many in totals.reasons[:3]),
        }
        for totals in by_measure(found)
    ]


def _counted(years: dict[int, int]) -> str:
    return "  ".join(f"{AcademicYear(year)} {many:,}" for year, many in years.items())


def status_text(door: Door, viewer: Viewer) -> str:
    facts = door.facts
    if facts is None:
        return "Nothing is published in this workspace yet. Load files first: headway load FOLDER"
    rows = files(door, viewer)
    tables = sorted({row.table for row in rows if row.outcome == "landed"})
    quarantined = [row for row in rows if row.outcome == "quarantined"]
    said = [
        f"Snapshot {facts.id}, built {facts.built_at:%d %B %Y %H:%M}, for {', '.join(f'{name} ({code})' for code, name in facts.areas)}."
    ]
    said.append(f"{len(rows) - len(quarantined)} files of {len(tables)} kinds; {len(quarantined)} in quarantine.")
    for table in tables:
        own = [row for row in rows if row.table == table and row.outcome == "landed"]
        years = sorted({row.year for row in own if row.year})
        span = f"{years[0]} to {years[-1]}" if len(years) > 1 else years[0] if years else "several years in one file"
        newest = max(row.landed_at for row in own)
        said.append(f"  {table:<46} {len(own):>3} file{'' if len(own) == 1 else 's'}  {span}  newest landed {newest:%d %b %Y}")
    said += ["", "Readings with a value, by measure, level and year"]
    for measure, levels in coverage(door).items():
        for level, years_counted in levels.items():
            said.append(f"  {measure:<40} {level:<10} " + _counted(years_counted))
    said += ["", *[f"  in quarantine: {row.file}: {row.reason}" for row in quarantined]] if quarantined else []
    return "\n".join(said)
