"""Proves a school's figures: the files, the generation of the registers, numerator and denominator, what was left out, and why the
department's tool may say another figure. What can be told of such a difference in numbers is.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from headway.definitions.absence_rules import AbsenceRule, in_force
from headway.protected.untold import untold
from headway.readings.attendance.answers import Line
from headway.readings.attendance.few import FEWEST, Rates, rates
from headway.readings.attendance.morning import kept, within
from headway.readings.attendance.opening import Registers, open_counts, written_down
from headway.readings.attendance.proof_answers import AreaProof, CodeCount, Difference, LeftOut, Proof, SchoolSum, Share
from headway.readings.attendance.proof_files import every_file, files_of, files_of_figures
from headway.readings.attendance.schools import of_morning
from headway.readings.attendance.summary import Asked, summed
from headway.readings.attendance.to_date import CANNOT, counts_of, to_date
from headway.readings.door import Door
from headway.registers.code_book import NO_MARK
from headway.registers.counts import Counts, pooled
from headway.registers.planes import on_roll
from headway.registers.slots import year_of
from headway.registers.terms import HalfTerm, half_terms
from headway.registers.view import View
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

COMPULSORY = tuple(str(year) for year in range(1, 12))  # every child of these year groups is of compulsory age
SESSIONS, PUPILS = "sessions", "pupils"
OTHER_DAY = "It reads the schools’ systems twice a day and changes when they do."
OTHER_AGE = "It has pupils of compulsory age only."
OPEN_REASON = "Reasons come in late, and absence falls as they do."
PERSISTENT = "Persistent absence is told of children of 5 to 15 here, and from {fewest} possible sessions on."
STATISTICS = "Published statistics are of the school census, a term behind, and of five or six half terms."


def proof(door: Door, viewer: Viewer | None, urn: int) -> Proof | None:
    """None where nothing of the school is held, or it is not the viewer's. Who may not see pupils gets no count of few.

    Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73.
    """
    registers, person = open_counts(door, viewer)
    if person.urns is not None and urn not in person.urns:
        return None
    own = registers.of_school(urn)
    found = untold(lambda: _of_marks(door, own, person, urn) or _of_figures(door, registers, person, urn))
    written_down(registers, person, "proof", urn=urn, found=found is not None)
    return found


def _of_marks(door: Door, own: Registers, viewer: Viewer, urn: int) -> Proof | None:
    try:
        year = own.newest(today())
    except HeadwayError:
        return None
    told = summed(own, viewer, Asked(year, last_year=True))
    if not told.lines or told.data_to is None:
        return None
    line, view = told.lines[0], own.view(year)
    rule, regime = in_force(own.library.attendance.absence_rules, today()), own.book.regime(told.data_to)
    shown = rates("", line.counts, line.before, exact=viewer.sees_pupils)
    codes = _codes(view, line)
    return Proof(
        urn, door.name(Level.SCHOOL, str(urn)), str(year), "marks", line.first, told.data_to, own.pointer.generation,
        own.library.digest[:12], regime.title if regime else "", rule.title, _shares(line.counts, line.before, shown, rule),
        files_of(own, view, urn, line), codes if viewer.sees_pupils else (),
        _left_out(view, line, rule, half_terms(own.library.calendar, year)) if viewer.sees_pupils else (),
        _differs(own, view, line, rule, urn, exact=viewer.sees_pupils), _agrees(codes, line.counts), told.notes,
    )  # fmt: skip


def _of_figures(door: Door, registers: Registers, viewer: Viewer, urn: int) -> Proof | None:
    told, day = to_date(registers, today()), today()
    if urn not in told.urns:
        return None
    rule = in_force(registers.library.attendance.absence_rules, day)
    counts, on = counts_of(told, urn, rule), told.on(urn)
    shown = rates("", counts, None, exact=viewer.sees_pupils)
    note = f"These are figures to date as the authority gets them, and no marks: {CANNOT}"
    return Proof(
        urn, door.name(Level.SCHOOL, str(urn)), str(year_of(day)), "figures to date", date(year_of(day).start, 9, 1), on,
        registers.pointer.generation, registers.library.digest[:12], "", rule.title, _shares(counts, None, shown, rule),
        files_of_figures(registers, urn), (), (),
        (Difference(OTHER_DAY, f"These figures are of {_said(on)}, as the file gave them."),), None, (note,),
    )  # fmt: skip


def _shares(counts: Counts, before: Counts | None, shown: Rates, rule: AbsenceRule) -> tuple[Share, ...]:
    """Each figure of the page with its quotient; what is withheld on pages is withheld here."""
    known = shown.enrolments is not None
    found = [
        _sessions("attendance", "Attendance", counts.attended, counts, known, "present and approved activity, of possible sessions"),
        _sessions("absence", "Absence", counts.absent, counts, known, "authorised and unauthorised, of possible sessions"),
        _sessions("authorised", "Authorised absence", counts.authorised, counts, known, "of possible sessions"),
        _sessions("unauthorised", "Without permission", counts.unauthorised, counts, known, "of possible sessions"),
    ]
    for name, title, one_in in (
        ("persistent", "Persistent absence", rule.persistent_one_in),
        ("severe", "Severe absence", rule.severe_one_in),
    ):
        many = None if name in shown.few or not known else int(getattr(counts, name))
        of = counts.decided if many is not None else None
        words = f"{one_in} × missed ≥ possible, of enrolments with {rule.fewest_possible} possible sessions or more"
        found.append(Share(name, title, getattr(shown, name), many, of, PUPILS, words))
    if before is not None:
        words = "the same weeks of term of the year before"
        found.append(_sessions("change", "Attendance in the same weeks last year", before.attended, before, known, words))
    return tuple(found)


def _sessions(name: str, title: str, many: int, counts: Counts, known: bool, rule: str) -> Share:
    if not known:
        return Share(name, title, None, None, None, SESSIONS, rule)
    return Share(name, title, counts.rate(many), many, counts.possible, SESSIONS, rule)


def _codes(view: View, line: Line) -> tuple[CodeCount, ...]:
    """What stands in the registers up to the day, the commonest first."""
    tally = view.tally(view.between(0, line.last.toordinal()), view.cells(()))[0]
    told = [(view.book.by_byte[byte], many) for byte, many in enumerate(tally.tolist()) if many and byte != NO_MARK]
    found = [CodeCount(code, meaning.title, str(meaning.means), many) for (code, meaning), many in told]
    return tuple(sorted(found, key=lambda one: (-one.sessions, one.code)))


def _agrees(codes: Sequence[CodeCount], counts: Counts) -> bool:
    """Whether the codes, counted one by one, are what the bit planes count."""
    summed_up = {
        name: sum(one.sessions for one in codes if one.means == name) for name in ("present", "approved", "authorised", "unauthorised")
    }
    attended = summed_up["present"] + summed_up["approved"]
    return (attended, summed_up["authorised"], summed_up["unauthorised"]) == (counts.attended, counts.authorised, counts.unauthorised)


def _left_out(view: View, line: Line, rule: AbsenceRule, halves: list[HalfTerm]) -> tuple[LeftOut, ...]:
    """Every mark and enrolment of the school that is in no figure, or not in all."""
    until, counts, rows = view.between(0, line.last.toordinal()), line.counts, view.rows
    not_possible = sum(one.sessions for one in _codes(view, line) if one.means == "not_possible")
    outside = int(((rows.marks != NO_MARK) & (view.marks == NO_MARK))[:, until].sum())
    open_at = view.school_sessions[1].any(axis=0) & until
    there = on_roll(rows.spells, view.slots.ordinals)
    unmarked = int((there & open_at & (view.marks == NO_MARK)).sum())
    possible = view.sessions(until)[0]
    cohort = view.cohort(rule, halves)
    out = rule.outside
    found = [
        LeftOut("marks that are no possible session", not_possible, "D, Q, X, Y1 to Y7, Z and #: neither attendance nor absence"),
        LeftOut("marks outside a pupil’s days on roll", outside, "before admission, or after leaving was told"),
        LeftOut("sessions of pupils on roll without a mark", unmarked, "the school was open and nothing stands there yet"),
        LeftOut("enrolments without a possible session", len(rows) - counts.enrolments, "in no figure"),
        LeftOut("enrolments too early to tell", counts.too_early,
                f"fewer than {rule.fewest_possible} possible sessions: not in persistent or severe absence"),
        LeftOut("enrolments outside persistent absence", int(((cohort == 0) & (possible > 0)).sum()),
                f"years {', '.join(out.year_groups)}{', boarders' if out.boarders else ''}, those who began after half term in summer"),
    ]  # fmt: skip
    return tuple(one for one in found if one.many)


def _differs(own: Registers, view: View, line: Line, rule: AbsenceRule, urn: int, *, exact: bool) -> tuple[Difference, ...]:
    """Why it is not the department's figure, in numbers where they are ours to tell and tell of nobody."""
    newest = max((one.at for one in own.store.loads), default="")[:10]
    day = f"These marks are to {_said(line.last)}; the last file came on {_said(date.fromisoformat(newest))}." if newest else ""
    found = [Difference(OTHER_DAY, day), _of_age(view, line, exact), _unexplained(view, line, exact)]
    found += [
        Difference(PERSISTENT.format(fewest=rule.fewest_possible), "Figures differ most in persistent absence, early in a year above all.")
    ]
    found += _beside_figures(own, view, urn) if exact or line.counts.enrolments >= FEWEST else []
    return (*found, Difference(STATISTICS, "They are set beside these as similar schools and England, with their year."))


def _of_age(view: View, line: Line, exact: bool) -> Difference:
    if not exact:
        return Difference(OTHER_AGE, "These figures have everybody with a possible session.")
    sessions = view.sessions(view.between(0, line.last.toordinal())).astype(np.int64)
    inside = np.isin(view.rows.texts["year_group"], COMPULSORY)
    possible, authorised, unauthorised = (int(row[inside].sum()) for row in sessions)
    if possible in (0, line.counts.possible):
        return Difference(OTHER_AGE, "Everybody here is of years 1 to 11." if possible else "No list of pupils tells of year groups.")
    counts = Counts(possible, authorised, unauthorised)
    return Difference(OTHER_AGE, "Of years 1 to 11 alone attendance is", counts.rate(counts.attended), counts.attended, possible)


def _unexplained(view: View, line: Line, exact: bool) -> Difference:
    """How far the figure could still rise: every N of these marks turned into presence."""
    many = sum(one.sessions for one in _codes(view, line) if one.code == "N")
    if not many or not exact:
        return Difference(OPEN_REASON, "No mark here waits for a reason." if not many else "Some marks may still change.")
    counts = line.counts
    waits = f"{many:,} {'session has' if many == 1 else 'sessions have'} no reason yet"
    words = f"{waits}; were all of them found to be present, attendance would be"
    return Difference(OPEN_REASON, words, counts.rate(counts.attended + many), counts.attended + many, counts.possible)


def _beside_figures(own: Registers, view: View, urn: int) -> list[Difference]:
    """The council's own figure to date of the school, where it holds one beside the marks, and the marks up to that same day."""
    one = to_date(own, today()).schools.get(urn)
    if one is None or one.attendance is None or year_of(one.on) != view.slots.year:
        return []
    possible, authorised, unauthorised = (int(row.sum(dtype=np.int64)) for row in view.sessions(view.between(0, one.on.toordinal())))
    marks = Counts(possible, authorised, unauthorised)
    told, ours = one.possible - one.absent, marks.rate(marks.attended)
    if ours is None:
        return []
    return [
        Difference(f"The figure to date that the council was given for {_said(one.on)}.", "It says", one.attendance, told, one.possible),
        Difference("The marks up to the same day.", f"{_apart(ours - one.attendance)} They say", ours, marks.attended, possible),
    ]


def _apart(points: float) -> str:
    return (
        "The two agree to the tenth of a point." if abs(points) < 0.05 else f"{abs(points):.1f} points {'more' if points > 0 else 'less'}."
    )


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def area_proof(door: Door, viewer: Viewer | None) -> AreaProof:
    """Of the viewer's schools together. Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73."""
    registers, person = open_counts(door, viewer)
    found = within(kept(door, registers), person)
    table = untold(lambda: of_morning(door, found, exact=person.sees_pupils))
    by = {one.urn: one for one in found.schools}
    rule = in_force(registers.library.attendance.absence_rules, today())
    whole = bool(by) and all(one.before is not None for one in by.values())
    before = pooled(one.before for one in by.values() if one.before) if whole else None
    lines = [
        SchoolSum(one.urn, one.school, *_parts(by[one.urn].counts, one.rates))
        for one in table.lines
        if one.urn in by and one.rates is not None
    ]
    written_down(registers, person, "proof of the area", rows=len(lines))
    return AreaProof(
        found.year, found.data_to, registers.pointer.generation, registers.library.digest[:12],
        _shares(pooled(one.counts for one in by.values()), before, table.total, rule), tuple(lines), len(found.sending) - len(by),
        every_file(registers) if person.urns is None else (),
        _area_differs(found.data_to, len(by), len(found.sending) - len(by)), found.notes,
    )  # fmt: skip


def _area_differs(data_to: date, sending: int, silent: int) -> tuple[Difference, ...]:
    return (
        Difference(OTHER_DAY, f"These marks are to {_said(data_to)}."),
        Difference(OTHER_AGE, "These figures have everybody with a possible session."),
        Difference("It has every school that shares its register.", f"These are of {sending} schools; {silent} send nothing."),
        Difference(STATISTICS, "They are set beside these as England, with their year."),
    )


def _parts(counts: Counts, told: Rates) -> tuple[int | None, int | None, float | None]:
    if told.enrolments is None:
        return None, None, None
    return counts.possible, counts.attended, told.attendance
