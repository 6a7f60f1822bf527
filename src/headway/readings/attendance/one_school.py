"""One school's attendance from its registers: to date, by week, by year group, by who the pupils are, and why they were away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from headway.definitions.absence_rules import in_force
from headway.protected.untold import untold
from headway.readings.attendance.answers import Line
from headway.readings.attendance.few import FEWEST, Rates, breakdown, of_sessions, rates
from headway.readings.attendance.opening import Registers, open_counts, written_down
from headway.readings.attendance.summary import Asked, summed
from headway.readings.attendance.to_date import CANNOT, counts_of, to_date
from headway.readings.door import Door
from headway.registers.code_book import AUTHORISED, UNAUTHORISED
from headway.registers.slots import year_of
from headway.registers.terms import week_of_term
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

ATTRIBUTES = (
    ("fsm", "Free school meals"), ("disadvantaged", "Disadvantaged"), ("sen", "Special educational needs"), ("sex", "Sex"),
    ("social_worker", "Social worker"), ("looked_after", "Looked after"), ("eal", "English as an additional language"),
)  # fmt: skip
Reason = tuple[str, int | None, float | None]
VALUES = {"yes": "yes", "no": "no", "": "not told", "ehcp": "EHC plan", "support": "SEN support", "none": "none"}


@dataclass(frozen=True)
class Week:
    """A week's attendance in per cent, and that of the same week of term a year earlier; `place` names the week of term."""

    monday: date
    place: str
    attendance: float | None
    before: float | None
    settled: bool


@dataclass(frozen=True)
class OneSchool:
    """`reasons` are (reason, sessions, per cent of possible), the commonest first; `late` sessions before and after the register closed.
    None is withheld.
    """

    year: str
    data_to: date
    whole: Rates
    possible: int
    settled: bool
    weeks: tuple[Week, ...]
    year_groups: tuple[Rates, ...]
    groups: tuple[tuple[str, tuple[Rates, ...]], ...]
    weekdays: tuple[Rates, ...]
    reasons: tuple[Reason, ...]
    late: tuple[int | None, int | None]
    notes: tuple[str, ...]


def one_school(door: Door, viewer: Viewer | None, urn: int) -> OneSchool | None:
    """None where its registers are not held. Who may not see pupils gets no count of few. Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73."""
    registers, person = open_counts(door, viewer)
    if person.urns is not None and urn not in person.urns:
        return None
    found = untold(lambda: _kept(registers, urn, person))
    written_down(registers, person, "school", urn=urn)
    return found


def _kept(registers: Registers, urn: int, viewer: Viewer) -> OneSchool | None:
    """Worked out once of a generation and a day; of what may be seen of pupils there are two."""
    key = f"one school {urn}{', exact' if viewer.sees_pupils else ''}", today()
    if key not in registers.found:
        registers.found[key] = _one(registers.of_school(urn), viewer) or _of_figures(registers, urn, viewer)
    return cast("OneSchool | None", registers.found[key])


def _one(registers: Registers, viewer: Viewer) -> OneSchool | None:
    try:
        year = registers.newest(today())
    except HeadwayError:
        return None
    exact = viewer.sees_pupils
    whole = summed(registers, viewer, Asked(year, reasons=True, last_year=True))
    if not whole.lines or whole.data_to is None:
        return None
    line = whole.lines[0]
    weeks = summed(registers, viewer, Asked(year, ("week",), last_year=True)).lines
    groups = [(title, _by(registers, viewer, name, exact)) for name, title in ATTRIBUTES]
    reasons = _reasons(registers, line, exact)
    return OneSchool(
        str(year), whole.data_to, rates("", line.counts, line.before, exact=exact), line.counts.possible, line.settled,
        tuple(_week(registers, one, exact) for one in weeks), _by(registers, viewer, "year_group", exact),
        tuple((title, told) for title, told in groups if len(told) > 1), _by(registers, viewer, "weekday", exact),
        reasons, _late(registers, line, reasons, exact), whole.notes,
    )  # fmt: skip


def _of_figures(registers: Registers, urn: int, viewer: Viewer) -> OneSchool | None:
    """From figures to date where the school sends no marks: to date, and nothing that needs sessions."""
    told, day = to_date(registers, today()), today()
    if urn not in told.urns:
        return None
    counts = counts_of(told, urn, in_force(registers.library.attendance.absence_rules, day))
    words = f"These are figures to date as the authority gets them, and no marks: {CANNOT}"
    whole = rates("", counts, None, exact=viewer.sees_pupils)
    return OneSchool(str(year_of(day)), told.on(urn), whole, counts.possible, False, (), (), (), (), (), (0, 0), (words,))


def _by(registers: Registers, viewer: Viewer, name: str, exact: bool) -> tuple[Rates, ...]:
    lines = summed(registers, viewer, Asked(by=(name,), last_year=True)).lines
    told: Sequence[Line] = sorted(lines, key=lambda one: _order(one.labels[name])) if name != "weekday" else lines
    return breakdown([(VALUES.get(one.labels[name], one.labels[name]), one.counts, one.before) for one in told], exact=exact)


def _order(label: str) -> tuple[int, str]:
    return (int(label), "") if label.isdigit() else (-1, label)


def _week(registers: Registers, line: Line, exact: bool) -> Week:
    monday = date.fromisoformat(line.labels["week"])
    place = week_of_term(monday, registers.library.calendar)
    told = rates("", line.counts, line.before, exact=exact)
    return Week(monday, f"half term {place[0]}, week {place[1]}" if place else "", told.attendance, told.before, line.settled)


def _reasons(registers: Registers, line: Line, exact: bool) -> tuple[Reason, ...]:
    """Reasons of absence. For who may not see pupils those of few sessions are withheld, and others with them: the sums of authorised and
    of unauthorised absence are shown. Of a school of few pupils all are.
    """
    found = sorted(line.reasons.items(), key=lambda item: -item[1])
    book = registers.book
    told: dict[str, int | None] = {}
    for kind in (AUTHORISED, UNAUTHORISED):
        own = [(name, many) for name, many in found if (book.classes[book.reasons[name]] == kind).all()]
        shown = [many for _, many in own] if exact else of_sessions([many for _, many in own])
        few_pupils = not exact and line.counts.enrolments < FEWEST
        told |= {name: None if few_pupils else many for (name, _), many in zip(own, shown, strict=True)}
    return tuple((name, told[name], None if told[name] is None else line.counts.rate(many)) for name, many in found if name in told)


def _late(registers: Registers, line: Line, reasons: Sequence[Reason], exact: bool) -> tuple[int | None, int | None]:
    """Before and after the register closed; after it is a reason of absence, and withheld where that is."""
    if exact:
        return line.late_before, line.late_after
    after = set(registers.book.bytes_where(late="after"))
    withheld = any(many is None and after & set(registers.book.reasons[name]) for name, many, _ in reasons)
    few_pupils = line.counts.enrolments < FEWEST
    (before,) = of_sessions([line.late_before])
    return None if few_pupils else before, None if few_pupils or withheld else line.late_after
