"""Early warning on random registers: every count and comparison equals a slow, obvious twin."""

import random
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers import patterns as patterns_of
from headway.registers.clusters import clusters
from headway.registers.drifting import drifts
from headway.registers.so_far import NONE, so_far, spells
from headway.registers.transitions import transitions
from headway.registers.view import View
from headway.stats.hypergeometric import upper_tail
from headway.stats.intervals import newcombe
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import BOOK, Key, Pupil, key, random_pupils, view, weekdays

YEAR = AcademicYear(2025)
RULE = in_force(library_for().attendance.absence_rules, date(2025, 9, 1))
EARLY = RULE.early
SEEDS = st.integers(0, 10**6)
FIRST = date(2025, 9, 1)


def history(pupil: Pupil, until: date) -> list[tuple[Key, bool]]:
    """A pupil's possible sessions in order, each with whether it was missed."""
    found = []
    for at in sorted(pupil.marks):
        means = BOOK.regime(at[0]).codes[pupil.marks[at]].means.value  # type: ignore[union-attr]
        if at[0] <= until and pupil.on_roll(at[0]) and means != "not_possible":
            found.append((at, means in ("authorised", "unauthorised")))
    return found


def in_rows(pupils: list[Pupil], year: View) -> list[Pupil]:
    """The pupils in the order of the rows."""
    by_key = {(pupil.urn, key(pupil.number)): pupil for pupil in pupils}
    return [by_key[(int(urn), number.tobytes())] for urn, number in zip(year.rows.urns, year.rows.pupils, strict=True)]


def pieces(sessions: list[tuple[Key, bool]], length: int) -> list[int]:
    """Sessions missed in each whole stretch, the last first."""
    backwards = [missed for _, missed in reversed(sessions)]
    return [sum(backwards[at : at + length]) for at in range(0, len(backwards) - length + 1, length)]


@pytest.mark.slow
@given(seed=SEEDS, weeks=st.integers(1, 12), length=st.sampled_from([3, 10, 20]), sundays=st.booleans())
def test_stretches_and_spells_are_those_of_the_twin(seed: int, weeks: int, length: int, sundays: bool) -> None:
    draw = random.Random(seed)
    days = weekdays(FIRST, weeks, sundays=sundays)
    pupils = random_pupils(draw, days)
    until = draw.choice(days)
    year = view(pupils, YEAR)
    told = so_far(year, until)
    short, latest, earlier, as_bad, runs, place = told.stretched(length, length)
    again = spells(told, told.last(length))
    for row, pupil in enumerate(in_rows(pupils, year)):
        sessions = history(pupil, until)
        parts = pieces(sessions, length)
        assert short[row] == latest[row] == (parts[0] if parts else NONE)
        assert (earlier[row], as_bad[row]) == (len(parts[1:]), sum(parts[0] <= other for other in parts[1:]))
        missed_days = [at[0].toordinal() for at, missed in sessions[-length:] if missed]
        assert [int(told.days[place[row]])][: len(missed_days)] == missed_days[:1]
        inside = [missed for _, missed in sessions[-length:]]
        assert int(runs[row]) == int(again[row]) == sum(missed for missed, _ in groupby(inside))
        assert (int(told.sessions[row]), int(told.missed[row])) == (len(sessions), sum(missed for _, missed in sessions))


def drifting(sessions: list[tuple[Key, bool]]) -> bool | None:
    """From the rule's words; None where the past is too short."""
    length = EARLY.long_stretch
    parts = pieces(sessions, length)
    if len(parts) < 1 + EARLY.fewest_stretches:
        return None
    missed = [away for _, away in sessions]
    past = missed[:-length]
    if Fraction(sum(missed), len(missed)) >= Fraction(1, 10):
        return False
    rose = Fraction(parts[0], length) - Fraction(sum(past), len(past)) >= Fraction(EARLY.drift_points, 100)
    runs = sum(away for away, _ in groupby(missed[-length:]))
    return (
        runs >= EARLY.fewest_spells
        and rose
        and all(parts[0] > other for other in parts[1:])
        and newcombe(parts[0], length, sum(past), len(past))[0] > 0
    )


def falling(draw: random.Random, days: list[date], pupils: int = 12) -> list[Pupil]:
    """Pupils some of whom come less in the last weeks."""
    found = []
    for number in range(pupils):
        pupil = Pupil(900000 + number % 2, f"p{number}", f"c{number}", draw.choice(["3", "7"]))
        turn, before, after = days[-draw.randint(4, 16)], draw.choice([0.0, 0.02, 0.05]), draw.choice([0.02, 0.3, 0.6])
        for day in days:
            for session in ("AM", "PM"):
                pupil.marks[(day, session)] = "I" if draw.random() < (before if day < turn else after) else "/"
        found.append(pupil)
    return found


@pytest.mark.slow
@given(seed=SEEDS, weeks=st.integers(4, 30))
def test_drifting_is_that_of_the_twin(seed: int, weeks: int) -> None:
    draw = random.Random(seed)
    days = weekdays(FIRST, weeks)
    pupils = falling(draw, days)
    year = view(pupils, YEAR)
    found = drifts(so_far(year, days[-1]), RULE)
    for row, pupil in enumerate(in_rows(pupils, year)):
        sessions = history(pupil, days[-1])
        wanted = drifting(sessions)
        assert bool(found.told[row]) == (wanted is not None)
        assert bool(found.drifting[row]) == bool(wanted)
        if wanted:
            first = next(at[0] for at, missed in sessions[-EARLY.long_stretch :] if missed)
            assert date.fromordinal(int(found.since[row])) == first


@pytest.mark.slow
def test_some_of_the_made_up_pupils_drift_and_some_do_not() -> None:
    """Else the twins above would agree about nothing."""
    days = weekdays(FIRST, 24)
    pupils = falling(random.Random(3), days, 60)
    found = drifts(so_far(view(pupils, YEAR), days[-1]), RULE)
    assert 5 < found.drifting.sum() < 55
    assert found.told.all()


def chance_of(found: int, total: int, kind: int, drawn: int) -> Fraction:
    ways = (comb(kind, at) * comb(total - kind, drawn - at) for at in range(found, min(kind, drawn) + 1))
    return Fraction(sum(ways), comb(total, drawn))


@given(seed=SEEDS)
def test_the_upper_tail_is_counted_ways_over_all_ways(seed: int) -> None:
    draw = random.Random(seed)
    rows = []
    for _ in range(8):
        total = draw.randint(0, 200)
        kind, drawn = draw.randint(0, total), draw.randint(0, total)
        rows.append((draw.randint(0, min(kind, drawn)), total, kind, drawn))
    found = upper_tail(*np.array(rows, np.int64).T)
    for chance, row in zip(found.tolist(), rows, strict=True):
        assert chance == pytest.approx(float(chance_of(*row)), rel=1e-9)


def test_more_of_a_kind_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="more"):
        upper_tail(*np.array([[1], [5], [6], [2]], np.int64))


HOLIDAY = 6


def kinds(day: date, days: list[date]) -> set[str]:
    """What a school day is, from the days on which the school is open."""
    at = days.index(day)
    found = {0: {"monday"}, 4: {"friday"}}.get(day.weekday(), set())
    if at + 1 < len(days) and (days[at + 1] - day).days >= HOLIDAY:
        found = found | {"before_holiday"}
    if at == 0 or (day - days[at - 1]).days >= HOLIDAY:
        found = found | {"after_holiday"}
    return found


@pytest.mark.slow
@given(seed=SEEDS)
def test_patterns_are_those_of_the_twin(seed: int) -> None:
    draw = random.Random(seed)
    days = weekdays(FIRST, 6) + weekdays(FIRST + timedelta(56), 7) + weekdays(FIRST + timedelta(126), 5)
    favourite = draw.choice(patterns_of.KINDS)
    pupils = []
    for number in range(8):
        pupil = Pupil(900000, f"p{number}", f"c{number}", "7")
        for day in days:
            away = draw.random() < (0.8 if number < 3 and favourite in kinds(day, days) else 0.05)
            pupil.marks |= {(day, session): "O" if away else "/" for session in ("AM", "PM")}
        pupils.append(pupil)
    year = view(pupils, YEAR)
    told = so_far(year, days[-1])
    found = patterns_of.patterns(year, told, np.ones(len(pupils), np.bool_), EARLY)
    wanted = []
    for row, pupil in enumerate(in_rows(pupils, year)):
        away = {at[0] for at, missed in history(pupil, days[-1]) if missed}
        for kind in patterns_of.KINDS:
            of_kind = {day for day in days if kind in kinds(day, days)}
            if len(away) >= EARLY.fewest_absent_days:
                wanted.append((row, kind, len(days), len(away), len(of_kind), len(away & of_kind)))
    chances = [float(chance_of(there, total, of_kind, drawn)) for _, _, total, drawn, of_kind, there in wanted]
    assert found.compared == len(wanted)
    limit = max((c for c in chances if c <= 0.05 * sum(o <= c for o in chances) / len(chances)), default=-1)
    listed = [one for one, chance in zip(wanted, chances, strict=True) if chance <= limit * (1 + 1e-9)]
    assert [(one.row, one.kind, one.days, one.away, one.of_kind, one.there) for one in found.found] == listed


@pytest.mark.slow
@settings(max_examples=5)
@given(seed=SEEDS)
def test_chance_alone_seldom_gives_a_pattern(seed: int) -> None:
    """Days away at random: among a hundred pupils hardly ever anybody is told of."""
    draw = random.Random(seed)
    days = weekdays(FIRST, 20)
    pupils = []
    for number in range(100):
        pupil = Pupil(900000, f"p{number}", f"c{number}", "7")
        for day in days:
            code = "O" if draw.random() < 0.15 else "/"
            pupil.marks |= {(day, session): code for session in ("AM", "PM")}
        pupils.append(pupil)
    year = view(pupils, YEAR)
    found = patterns_of.patterns(year, so_far(year, days[-1]), np.ones(100, np.bool_), EARLY)
    assert found.compared > 300
    assert len(found.found) <= 2


@given(seed=SEEDS)
def test_clusters_are_fishers_and_only_beside_the_same_school(seed: int) -> None:
    draw = random.Random(seed)
    pupils, flagged = [], {}
    for number in range(160):
        pupil = Pupil(900000 + number % 2, f"p{number:03d}", f"c{number}", str(3 + number % 3))
        pupil.marks = {(FIRST, "AM"): "/"}
        flagged[pupil.number] = draw.random() < (0.6 if (pupil.urn, pupil.year_group) == (900001, "4") else 0.05)
        pupils.append(pupil)
    year = view(pupils, YEAR)
    flags = np.array([flagged[pupil.number] for pupil in in_rows(pupils, year)])
    found, compared = clusters(year, flags, np.ones(len(pupils), np.bool_), EARLY)
    assert compared == 6
    assert (found[0].urn, found[0].year_group) == (900001, "4")
    for one in found:
        own = [pupil for pupil in pupils if pupil.urn == one.urn]
        group = [pupil for pupil in own if pupil.year_group == one.year_group]
        hits, all_hits = (sum(flagged[pupil.number] for pupil in part) for part in (group, own))
        assert (one.pupils, one.flagged, one.others, one.others_flagged) == (len(group), hits, len(own) - len(group), all_hits - hits)
        assert one.chance == pytest.approx(float(chance_of(hits, len(own), all_hits, len(group))))


@pytest.mark.slow
@given(seed=SEEDS)
def test_transitions_pool_what_a_person_missed_before(seed: int) -> None:
    draw = random.Random(seed)
    was_days, now_days = weekdays(date(2024, 9, 2), 6), weekdays(FIRST, 6)
    before, after = [], []
    for number in range(20):
        group, later = draw.choice([("6", "7"), ("7", "8"), ("5", "6")])
        share = draw.choice([0.02, 0.4])
        older = Pupil(900000, f"a{number}", f"c{number}", group)
        younger = Pupil(900001 + number % 2, f"b{number}", f"c{number}", later)
        older.marks = {(day, session): "I" if draw.random() < 0.05 else "/" for day in was_days for session in ("AM", "PM")}
        younger.marks = {(day, session): "I" if draw.random() < share else "/" for day in now_days for session in ("AM", "PM")}
        before.append(older)
        after.append(younger)
    then, now = view(before, AcademicYear(2024)), view(after, YEAR)
    told = so_far(then, was_days[-1])
    sums = np.stack([told.sessions, told.missed], axis=1)
    found = transitions(now, so_far(now, now_days[-1]), then, sums, np.ones(20, np.bool_), RULE)
    wanted = []
    for row, pupil in enumerate(in_rows(after, now)):
        old = next(one for one in before if one.person == pupil.person)
        (x, n), (y, m) = ((sum(missed for _, missed in one), len(one)) for one in (history(pupil, date.max), history(old, date.max)))
        rose = Fraction(x, n) - Fraction(y, m) >= Fraction(EARLY.transition_points, 100) and newcombe(x, n, y, m)[0] > 0
        if (old.year_group, pupil.year_group) in (("6", "7"), ("7", "8")) and rose:
            wanted.append((row, n, x, m, y))
    assert [(one.row, one.possible, one.missed, one.before_possible, one.before_missed) for one in found] == wanted
