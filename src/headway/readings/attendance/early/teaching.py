"""Teaches the prediction on full past years cut at the same week of term, and tries it on schools and a year that it did not see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.readings.attendance.early.asking import Opened
from headway.readings.attendance.early.scoring import bands, group_errors, scored
from headway.readings.attendance.early.validation import Validation
from headway.registers.as_known import as_known
from headway.registers.early_inputs import NAMES, became_persistent, inputs, is_full, of_year_before, sessions_after
from headway.registers.held import KEY
from headway.registers.slots import year_of
from headway.registers.so_far import so_far
from headway.registers.terms import half_terms, same_day
from headway.registers.view import View
from headway.stats.logistic import Fit, calibration, fit
from headway.vocabulary.academic_year import AcademicYear

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
YEARS, FOLDS, FEWEST = 3, 5, 10  # years taught on; parts that schools are dealt to; events and others needed to teach at all
ATTRIBUTES = ("sex", "fsm", "disadvantaged", "sen", "eal")
KEYED = re.compile(f"[0-9a-f]{{{2 * KEY}}}")
BASELINE = [NAMES.index("so_far")]


@dataclass(frozen=True, eq=False)
class Lesson:
    """The pupils at risk of a past year on the day: r of them."""

    year: AcademicYear
    day: date
    known_then: bool
    values: Floats  # (r, 6)
    came: Flags
    urns: NDArray[np.int32]
    persons: NDArray[np.void]
    pupils: NDArray[np.uint8]  # (r, KEY)
    texts: dict[str, NDArray[np.str_]] = field(default_factory=dict)


def lessons(here: Opened) -> list[Lesson]:
    """Of the newest full years before this one, as of the same weekday in the same week of term, in order."""
    calendar = here.registers.library.calendar
    found: list[Lesson] = []
    for year in reversed([one for one in here.registers.years if one < here.view.slots.year]):
        view, halves = here.registers.view(year), half_terms(calendar, year)
        at = same_day(here.day.toordinal(), calendar, year)
        if at is not None and is_full(view, halves) and len(found) < YEARS:
            found.append(_lesson(here, view, date.fromordinal(at)))
    return [one for one in reversed(found) if len(one.came)]


def _lesson(here: Opened, view: View, day: date) -> Lesson:
    halves = half_terms(here.registers.library.calendar, view.slots.year)
    then, known_then = _as_received(here, view, day)
    seen = so_far(then, day)
    cohort = (view.cohort(here.rule, halves) > 0) & view.there(day)  # what comes of who has left is known
    made = inputs(then, seen, _before(here, view, day), sessions_after(halves, day.toordinal()), cohort, here.rule)
    came = became_persistent(view, here.rule, halves)
    risk = made.at_risk
    texts = {name: view.rows.texts[name][risk] for name in ATTRIBUTES}
    return Lesson(
        view.slots.year,
        day,
        known_then,
        made.values[risk],
        came[risk],
        view.rows.urns[risk],
        _keys(view)[risk],
        view.rows.pupils[risk],
        texts,
    )


def _as_received(here: Opened, view: View, day: date) -> tuple[View, bool]:
    """The year as it was known on the day, where its marks came as time went; else as it stands now.

    Marks that came all together later were not known on any day of the year, and nothing could be learnt from that.
    """
    first = date.fromordinal(int(view.slots.ordinals[0]))
    received = [one.received for one in here.registers.store.loads]
    if not any(first <= one <= day for one in received):
        return view, False
    if max(received) <= day:
        return view, True
    held = as_known(here.registers.store, view.slots.year, day)
    return View(held.slots, held.enrolments, held.calendars, here.registers.book), True


def _before(here: Opened, view: View, day: date) -> NDArray[np.int64]:
    """Of the year before, as received by the day too: what was put right since was not known."""
    earlier = view.slots.year + -1
    if earlier not in here.registers.years:
        return of_year_before(view, None, None)
    before, _ = _as_received(here, here.registers.view(earlier), day)
    return of_year_before(view, before, so_far(before, date.max))


def _keys(view: View) -> NDArray[np.void]:
    persons = np.ascontiguousarray(view.rows.persons)
    return persons.view(np.dtype((np.void, persons.shape[1]))).ravel()


def now_at_risk(here: Opened) -> tuple[Floats, Flags]:
    """(inputs of everybody, who is at risk) as of the day asked about, and as received by it."""
    remaining = sessions_after(here.halves, here.day.toordinal())
    then, _ = _as_received(here, here.view, here.day)
    seen = here.so_far if then is here.view else so_far(then, here.day)
    made = inputs(then, seen, _before(here, here.view, here.day), remaining, here.cohort, here.rule)
    return made.values, made.at_risk


def taught(parts: Sequence[tuple[Floats, Flags]], columns: Sequence[int] = range(len(NAMES))) -> Fit | None:
    """None where too few of either outcome were there to learn from."""
    came = np.concatenate([part[1] for part in parts]) if parts else np.empty(0, np.bool_)
    if came.sum() < FEWEST or (~came).sum() < FEWEST:
        return None
    return fit(np.concatenate([part[0][:, columns] for part in parts]), came)


def tried(here: Opened, years: list[Lesson]) -> Validation | None:
    """On the newest of the years: each part of its schools is predicted from other schools' pupils, of earlier years where there are any.

    A pupil predicted is in no year taught on. None where there are too few to try it on.
    """
    if not years:
        return None
    last, before = years[-1], years[:-1] or years
    schools = np.unique(last.urns)
    part = np.searchsorted(schools, last.urns) % min(FOLDS, max(len(schools), 1))
    chances = {name: np.full(len(last.came), np.nan) for name in ("prediction", "absence to date")}
    for number in np.unique(part).tolist():
        asked = part == number
        lesson = [_without(one, last.urns[asked], last.persons[asked]) for one in before]
        for name, columns in (("prediction", list(range(len(NAMES)))), ("absence to date", BASELINE)):
            model = taught(lesson, columns)
            if model is None:
                return None
            chances[name][asked] = model.chances(last.values[asked][:, columns])
    return _judged(here, last, years[:-1], chances)


def _without(lesson: Lesson, urns: NDArray[np.int32], persons: NDArray[np.void]) -> tuple[Floats, Flags]:
    keep = ~np.isin(lesson.urns, urns) & ~np.isin(lesson.persons, persons)
    return lesson.values[keep], lesson.came[keep]


def _judged(here: Opened, last: Lesson, before: list[Lesson], chances: dict[str, Floats]) -> Validation:
    capacity = len(last.came) * here.rule.early.capacity / 100
    own = chances["prediction"]
    logits = np.log(own / (1 - own))
    slope = calibration(logits, last.came)
    groups = tuple(group_errors(own, last.came, last.texts, capacity))
    unfair = sorted({one.attribute for one in groups if one.differs} - set(here.rule.early.signed_off))
    split = "other schools, in a later year" if before else "other schools, in the same year"
    helped = supported(here, last)
    return Validation(
        str(last.year), tuple(str(one.year) for one in before or [last]), last.day.isoformat(), split, len(np.unique(last.urns)),
        len(last.came), int(last.came.sum()), last.known_then,
        tuple(scored(name, one, last.came, capacity) for name, one in chances.items()),
        bands(own, last.came), slope.slope if slope else None, slope.intercept if slope else None, groups, tuple(unfair),
        int(helped.sum()), int(last.came[helped].sum()), float(own[helped].mean()) if helped.any() else None,
    )  # fmt: skip


def supported(here: Opened, lesson: Lesson) -> Flags:
    """Who of a past year's pupils had support in it, shape (r,): of what was done, what is about that pupil and of that year."""
    about = [one for one in here.asked.done if one.pupil and year_of(one.on) == lesson.year]
    keys = here.registers.store.identities.known([one.pupil for one in about]) if about else ()
    told = {(one.urn, key.tobytes()) for one, key in zip(about, keys, strict=True)} | {
        (one.urn, bytes.fromhex(one.pupil)) for one in about if KEYED.fullmatch(one.pupil)
    }
    rows = zip(lesson.urns.tolist(), lesson.pupils, strict=True)
    return np.array([(urn, pupil.tobytes()) in told for urn, pupil in rows] if told else np.zeros(len(lesson.urns)), np.bool_)
