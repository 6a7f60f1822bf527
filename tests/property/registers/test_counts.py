"""Counts of random registers: kernels, NumPy twins and a plain Python twin agree, whatever the calendar."""

import random
from collections import Counter
from datetime import date
from fractions import Fraction
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.attendance_codes import ABSENT, POSSIBLE, Meaning
from headway.definitions.loading import library_for
from headway.registers import counting, twins
from headway.registers.counts import Counts
from headway.registers.terms import half_terms
from headway.registers.view import View
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import BOOK, BYTES, Pupil, random_pupils, view, weekdays

LIBRARY = library_for()
YEAR = AcademicYear(2025)
RULE = in_force(LIBRARY.attendance.absence_rules, date(2025, 9, 1))
HALVES = half_terms(LIBRARY.calendar, YEAR)
SEEDS = st.integers(0, 10**6)


@pytest.fixture(scope="module")
def kernels() -> ModuleType:
    """Asked for by slower tests only: the compiler takes a second to load, and as long again for each kernel that it has not kept."""
    from headway.registers import kernels

    return kernels


def naive(pupils: list[Pupil], first: date, last: date, names: tuple[str, ...]) -> dict[tuple[str, ...], Counts]:
    """One mark after the other, from the rule's words."""
    found: dict[tuple[str, ...], Counts] = {}
    sixth = next(half for half in HALVES if half.number == 6)
    for pupil in pupils:
        label = tuple(str(pupil.urn) if name == "school" else getattr(pupil, name) for name in names)
        sessions: Counter[str] = Counter()
        judged: Counter[str] = Counter()
        for (day, _), code in pupil.marks.items():
            if not (first <= day <= last and pupil.on_roll(day)):
                continue
            means = BOOK.regime(day).codes[code].means  # type: ignore[union-attr]
            kinds = ["possible"] * (means in POSSIBLE) + [means.value] * (means in ABSENT)
            sessions.update(kinds)
            if not (pupil.year_group == "11" and day.toordinal() >= sixth.first):
                judged.update(kinds)
        found.setdefault(label, Counts())
        if not sessions["possible"]:
            continue
        starts_late = pupil.spells[0][0].toordinal() >= sixth.first
        outside = pupil.year_group in ("N1", "N2", "R", "12", "13", "14") or pupil.boarder == "yes" or starts_late
        early = judged["possible"] < 30
        share = Fraction(judged["authorised"] + judged["unauthorised"], judged["possible"]) if judged["possible"] else Fraction(0)
        decided = not outside and not early
        found[label] += Counts(
            sessions["possible"], sessions["authorised"], sessions["unauthorised"], 1, int(decided and share >= Fraction(1, 10)),
            int(decided and share >= Fraction(1, 2)), int(decided), int(not outside and early),
        )  # fmt: skip
    return found


@pytest.mark.slow
@given(seed=SEEDS, sundays=st.booleans(), weeks=st.integers(1, 9), summer=st.booleans())
@pytest.mark.parametrize("names", [("school",), ("school", "year_group", "fsm"), ()])
def test_counts_are_those_of_the_plain_twin(seed: int, sundays: bool, weeks: int, summer: bool, names: tuple[str, ...]) -> None:
    draw = random.Random(seed)
    days = weekdays(date(2026, 5, 18) if summer else date(2025, 9, 1), weeks, sundays=sundays)
    pupils = random_pupils(draw, days)
    first, last = sorted(draw.sample(days, 2))
    made = view(pupils, YEAR)
    cells = made.cells(names)
    found = dict(zip(cells.labels, made.add_up(made.between(first.toordinal(), last.toordinal()), cells, RULE, HALVES), strict=True))
    assert found == naive(pupils, first, last, names)


@pytest.mark.slow
@given(seed=SEEDS)
def test_cells_of_any_cut_add_up_to_the_whole(seed: int) -> None:
    draw = random.Random(seed)
    days = weekdays(date(2025, 9, 1), 6)
    made = view(random_pupils(draw, days), YEAR)
    everything = made.between(0, date.max.toordinal())
    (whole,) = made.add_up(everything, made.cells(()), RULE, HALVES)
    for names in (("school",), ("year_group",), ("fsm", "school")):
        assert sum(made.add_up(everything, made.cells(names), RULE, HALVES), Counts()) == whole
    halves = [made.between(0, days[12].toordinal()), made.between(days[12].toordinal() + 1, date.max.toordinal())]
    parts = [made.add_up(chosen, made.cells(()), RULE, HALVES)[0] for chosen in halves]
    assert sum(part.possible for part in parts) == whole.possible
    assert sum(part.absent for part in parts) == whole.absent


@pytest.mark.slow
@given(seed=SEEDS, sundays=st.booleans())
def test_reasons_are_counted_one_by_one(seed: int, sundays: bool) -> None:
    draw = random.Random(seed)
    days = weekdays(date(2025, 9, 1), 3, sundays=sundays)
    pupils = random_pupils(draw, days)
    made = view(pupils, YEAR)
    table = made.tally(made.between(0, date.max.toordinal()), made.cells(("school",)))
    wanted = Counter((str(pupil.urn), code) for pupil in pupils for (day, _), code in pupil.marks.items() if pupil.on_roll(day))
    labels = made.cells(("school",)).labels
    assert {
        (label[0], BOOK.code(byte)): int(row[byte]) for label, row in zip(labels, table, strict=True) for byte in row.nonzero()[0] if byte
    } == wanted


@pytest.mark.slow
@pytest.mark.parametrize("days", [5, 7])
@given(seed=SEEDS)
def test_kernels_and_twins_are_equal(kernels: ModuleType, seed: int, days: int) -> None:
    draw = np.random.default_rng(seed)
    size, weeks, schools = int(draw.integers(1, 60)), int(draw.integers(1, 54)), 4
    per_week, in_word = 2 * days, 64 // (2 * days)
    marks = draw.choice(np.array([0, *BYTES.values()], np.uint8), (size, weeks * per_week))
    words = -(-weeks // in_word)
    both = {}
    for name, module in {"kernels": kernels, "twins": twins}.items():
        planes = np.zeros((words, 3, size), np.uint64)
        module.pack(marks, BOOK.classes, in_word * per_week, planes, 0, size)
        counts = np.zeros((3, size), np.int16)
        module.count(planes, np.full(words, 0x0FFF00FF00FF0F0F, np.uint64), counts, 0, size)
        table, flags, pattern = np.zeros((6, 9), np.int64), np.zeros(size, np.uint8), np.zeros(days, np.int64)
        again = np.random.default_rng(seed + 1)
        cells, cohort = again.integers(0, 6, size).astype(np.int32), again.integers(0, 2, size).astype(np.uint8)
        open_weeks = again.integers(0, 2**62, schools).astype(np.uint64)
        school = again.integers(0, schools, size).astype(np.int32)
        bits = np.arange(in_word * per_week) % per_week // 2
        masks = np.array([sum(1 << at for at in np.nonzero(bits == day)[0].tolist()) for day in range(days)], np.uint64)
        rule = np.array([30, 10, 2], np.int64)
        module.survey(planes, masks, per_week, in_word, open_weeks, school, cells, cohort, rule, table, flags, pattern, 0, size)
        tally = np.zeros((6, 256), np.int64)
        module.tally(marks, (np.arange(marks.shape[1]) % 3 > 0).astype(np.int64), cells, tally, 0, size)
        rows, chosen = np.arange(size)[::2].copy(), np.full(words, 0x00FFFF0FFFFFF0FF, np.uint64)
        many = np.bitwise_count(planes[:, 2][:, rows] & chosen[:, None]).sum(axis=0, dtype=np.int64)
        slots = np.zeros(int(many.sum()), np.int64)
        module.listed(planes, chosen, in_word * per_week, rows, np.cumsum(many) - many, slots)
        both[name] = [planes, counts, table, flags, pattern, tally, slots]
    for mine, theirs in zip(both["kernels"], both["twins"], strict=True):
        assert np.array_equal(mine, theirs)


@pytest.mark.slow
def test_cells_are_added_up_alike_by_the_kernel_and_its_twin_at_the_thresholds_themselves(kernels: ModuleType) -> None:
    """A tenth and a half exactly count, one session fewer does not; twenty-nine possible sessions are too early, thirty are not."""
    judged = np.array([[100, 100, 100, 100, 29, 30, 0], [5, 5, 30, 30, 29, 3, 0], [5, 4, 20, 19, 0, 0, 0]], np.int16)
    counts = judged.copy()
    counts[0, 6] = 4  # all of it in the half term that is not judged
    cohort, cells = np.array([1, 1, 1, 1, 1, 1, 1], np.uint8), np.zeros(7, np.int32)
    for module in (kernels, twins):
        table = np.zeros((1, 9), np.int64)
        module.add_cells(counts, judged, cohort, cells, np.array([30, 10, 2], np.int64), table, 0, 7)
        assert table[0, 3:8].tolist() == [7, 4, 1, 5, 2], module  # enrolments, persistent, severe, decided, too early


@pytest.mark.slow
@given(seed=SEEDS)
def test_kernels_of_single_pupils_and_their_twins_are_equal(kernels: ModuleType, seed: int) -> None:
    draw = np.random.default_rng(seed)
    size, width, schools = int(draw.integers(1, 60)), 2 * int(draw.integers(1, 120)), 4
    codes = np.array([0, *BYTES.values()], np.uint8)
    marks = draw.choice(codes, (size, width + 4), p=np.r_[0.1, np.full(len(codes) - 1, 0.9 / (len(codes) - 1))])
    school, kinds = draw.integers(0, schools, size), draw.integers(0, 16, (schools, width // 2)).astype(np.uint8)
    counted, at_slots = draw.integers(0, 256, 256).astype(np.uint8), draw.integers(0, 256, (schools, width)).astype(np.uint8)
    short, long = sorted(draw.integers(1, 30, 2).tolist())
    both = {}
    for name, module in {"kernels": kernels, "twins": twins}.items():
        flags = [np.zeros((size, width), np.bool_) for _ in range(3)]
        possible, absent, unauthorised = (one.view(np.uint8) for one in flags)
        module.flagged(marks, BOOK.classes, 2, possible, absent, unauthorised, 0, size)
        total, last, days = np.zeros(size, np.int64), np.zeros((6, size), np.int32), np.zeros((14, size), np.int32)
        module.totals(absent, total, 0, size)
        module.stretched(possible, absent, short, long, last, 0, size)
        module.by_kind(possible, absent, kinds, school, days, 0, size)
        ways = np.zeros((size, 8), np.int32)
        module.with_codes(marks, counted, at_slots, school, ways, 2, 0, size)
        both[name] = [*flags, total, last, days, ways]
    for mine, theirs in zip(both["kernels"], both["twins"], strict=True):
        assert np.array_equal(mine, theirs)
    assert both["twins"][-1].sum() > 0


@pytest.mark.slow
@pytest.mark.parametrize("every", [True, False])
def test_marks_of_many_pupils_of_one_cell_are_counted_in_pairs_and_are_the_same(kernels: ModuleType, every: bool) -> None:
    draw = np.random.default_rng(5)
    size, width = 2 * kernels.MANY + 300, 30
    marks = draw.integers(0, 256, (size, width)).astype(np.uint8)
    marks[:, :20] = draw.choice(np.frombuffer(b"/\\I", np.uint8), (size, 20), p=[0.5, 0.4, 0.1])
    chosen = np.ones(width, np.int64) if every else (draw.random(width) < 0.6).astype(np.int64)
    chosen[:4] = chosen[0], chosen[0], 1, every  # a whole day, and one of which half counts
    cells = np.r_[np.zeros(kernels.MANY), np.ones(150), np.full(150, 2), np.ones(kernels.MANY)].astype(np.int32)
    found = {module: np.ones((3, 256), np.int64) for module in (kernels, twins)}
    for module, table in found.items():
        module.tally(marks, chosen, cells, table, 7, size - 1)
    assert np.array_equal(found[kernels], found[twins])


def test_nineteen_of_190_is_persistent_and_28_sessions_are_too_early() -> None:
    days = weekdays(date(2025, 9, 1), 19)
    pupil = Pupil(900000, "p1", "c1")
    pupil.marks = {(day, session): "/" for day in days for session in ("AM", "PM")}
    for at in list(pupil.marks)[:19]:
        pupil.marks[at] = "I"
    made = view([pupil], YEAR)
    everything = made.between(0, date.max.toordinal())
    (whole,) = made.add_up(everything, made.cells(()), RULE, HALVES)
    assert (whole.possible, whole.absent, whole.persistent, whole.decided) == (190, 19, 1, 1)
    fortnight = made.between(0, days[13].toordinal())
    (part,) = made.add_up(fortnight, made.cells(()), RULE, HALVES)
    assert (part.possible, part.persistent, part.decided, part.too_early) == (28, 0, 0, 1)


def test_who_comes_back_after_half_term_in_summer_begins_then() -> None:
    """Who left in an earlier year and begins again in the second half of the summer term is outside, as any who begins then."""
    days = weekdays(date(2026, 4, 20), 12)
    again, always = Pupil(900000, "p1", "c1"), Pupil(900000, "p2", "c2")
    again.spells = [(date(2020, 9, 1), date(2022, 7, 20)), (date(2026, 6, 1), date(2090, 1, 1))]
    always.spells = [(date(2020, 9, 1), date(2026, 5, 1)), (date(2026, 6, 1), date(2090, 1, 1))]
    for pupil in (again, always):
        pupil.marks = {(day, session): "I" for day in days for session in ("AM", "PM")}
    assert view([again, always], YEAR).cohort(RULE, HALVES).tolist() == [0, 1]


def test_a_day_of_closures_is_no_school_day() -> None:
    days = weekdays(date(2025, 9, 1), 1)
    pupil = Pupil(900000, "p1", "c1")
    pupil.marks = {(day, session): code for day, code in zip(days, "/#-DI", strict=True) for session in ("AM", "PM")}
    pupil.marks |= {(days[2], session): "Y4" for session in ("AM", "PM")}
    made = view([pupil], YEAR)
    assert (made.marked.all(), made.in_session[::2].tolist()) == (True, [True, False, False, False, True])


def test_a_rate_of_nothing_is_none() -> None:
    assert Counts().rate(0) is None
    assert Counts(possible=1300, authorised=37, unauthorised=16).rate(53) == 100 * 53 / 1300
    assert Counts(enrolments=10, decided=8, persistent=2, too_early=2).share(2) == 25.0  # of those that can be told of


@pytest.mark.slow
def test_without_the_compiler_the_twins_stand_in(kernels: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_KERNELS", "numpy")
    counting.compiled.cache_clear()
    assert counting.compiled() is twins
    monkeypatch.delenv("HEADWAY_KERNELS")
    counting.compiled.cache_clear()
    assert counting.compiled() is kernels


def test_every_meaning_has_a_class() -> None:
    assert {code.means for _, code in BOOK.by_byte.values()} == set(Meaning)
    assert isinstance(view([], YEAR), View)


@pytest.mark.slow
def test_a_school_is_counted_without_the_compiler_and_a_city_with_it() -> None:
    assert counting.fitting(counting.SCHOOL) is twins
    assert counting.fitting(counting.SCHOOL + 1) is counting.compiled()
