"""The ledger beside plain twins that walk through a year day by day; and what no entry may do to it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.entitlements import Interval
from headway.definitions.loading import library_for
from headway.desk.entitlements.planning import Happening, Stay
from headway.desk.entitlements.rules import OPEN, Asked, Entry, Owed, State, ledger, weeks_by
from headway.readings.calendar import open_days
from headway.vocabulary.school_days import SchoolDays

LIBRARY = library_for()
CALENDAR = LIBRARY.calendar
DAYS = open_days(CALENDAR)
OURS = LIBRARY.entitlements["aiming_higher"]
FIRST, LAST = date(2025, 9, 2), date(2026, 7, 22)
TIERS = st.sampled_from(sorted(OURS.tiers))
ANY_DAY = st.dates(date(2024, 9, 1), date(2028, 7, 1))
IN_YEAR = st.dates(date(2025, 7, 25), LAST)


def is_open(day: date) -> bool:
    """The naive twin: asks the calendar itself."""
    assert CALENDAR is not None
    year = CALENDAR.year(day)
    if year is None or day.weekday() > 4 or day in CALENDAR.bank_holidays:
        return False
    return any(term.holds(day) for term in year.terms) and not any(span.holds(day) for span in year.half_terms)


@given(ANY_DAY, st.integers(1, 60))
def test_school_days_after_a_day_beside_counting_one_by_one(day: date, count: int) -> None:
    walked, left = day, count
    while left:
        walked += timedelta(1)
        left -= is_open(walked)
        if walked > date(2028, 7, 21):
            return  # past the calendar
    assert DAYS.after(day, count) == walked
    assert DAYS.between(day, walked) == count


@given(ANY_DAY, st.integers(1, 20))
def test_school_weeks_after_a_day_beside_counting_one_by_one(day: date, count: int) -> None:
    monday = day - timedelta(day.weekday())
    left = count
    while left:
        monday += timedelta(7)
        left -= any(is_open(monday + timedelta(ahead)) for ahead in range(5))
        if monday > date(2028, 7, 14):
            return
    assert DAYS.week_after(day, count) == max(one for ahead in range(5) if is_open(one := monday + timedelta(ahead)))


@given(ANY_DAY, st.integers(1, 200))
def test_beyond_the_calendar_each_weekday_counts(day: date, count: int) -> None:
    empty, walked, left = SchoolDays(()), day, count
    while left:
        walked += timedelta(1)
        left -= walked.weekday() < 5
    assert empty.after(day, count) == walked
    assert empty.between(day, walked) == count


@given(
    st.dates(DAYS.days[0] - timedelta(90), DAYS.days[0]) | st.dates(DAYS.days[-1] - timedelta(30), DAYS.days[-1] + timedelta(90)),
    st.integers(1, 60),
)
def test_into_the_calendar_and_out_of_it_beside_counting_one_by_one(day: date, count: int) -> None:
    walked, left = day, count
    while left:
        walked += timedelta(1)
        left -= is_open(walked) if DAYS.days[0] <= walked <= DAYS.days[-1] else walked.weekday() < 5
    assert DAYS.after(day, count) == walked
    assert DAYS.between(day, walked) == count


@st.composite
def entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    items = st.sampled_from(["desktop", "initial_visit", "review", "call_follow_up", "project_board", "data_pack", "briefing", ""])
    made = draw(
        st.lists(st.tuples(items, IN_YEAR, st.sampled_from(["delivered", "booked"]), st.sampled_from(["green", "red", ""])), max_size=9)
    )
    return tuple(Entry(item, day, state, 0.5, rag, number=at) for at, (item, day, state, rag) in enumerate(made, 1))


@st.composite
def stays(draw: st.DrawFn) -> tuple[Stay, ...]:
    days = sorted(draw(st.lists(st.dates(date(2025, 1, 6), LAST), min_size=1, max_size=3, unique=True)))
    return tuple(Stay(draw(TIERS), since, until) for since, until in zip(days, [*days[1:], None], strict=True))


KINDS = st.sampled_from(["progress_issue", "performance_signal", "new_head", "inspection_call"])
HAPPENINGS = st.lists(st.builds(Happening, KINDS, IN_YEAR), max_size=2).map(tuple)


def ask(stays: tuple[Stay, ...], entries: tuple[Entry, ...], today: date, happened: tuple[Happening, ...] = ()) -> tuple[Owed, ...]:
    year = DAYS.year(FIRST)
    assert year is not None
    return ledger(Asked(OURS, year, DAYS, today, stays, happened, entries))


@given(stays(), entries(), IN_YEAR, HAPPENINGS)
def test_every_entry_of_the_year_stands_in_the_ledger_exactly_once(
    where: tuple[Stay, ...], done: tuple[Entry, ...], today: date, happened: tuple[Happening, ...]
) -> None:
    found = [line.entry.number for line in ask(where, done, today, happened) if line.entry]
    assert sorted(found) == sorted(one.number for one in done)


@given(stays(), entries(), IN_YEAR, HAPPENINGS)
def test_nothing_is_overdue_before_its_day_nor_due_after_it(
    where: tuple[Stay, ...], done: tuple[Entry, ...], today: date, happened: tuple[Happening, ...]
) -> None:
    for line in ask(where, done, today, happened):
        assert line.state is not State.OVERDUE or line.due < today
        assert line.state is not State.DUE or line.due >= today


@given(stays(), entries(), IN_YEAR, st.sampled_from(["desktop", "initial_visit", "data_pack", "briefing"]))
def test_to_give_more_never_leaves_more_open(where: tuple[Stay, ...], done: tuple[Entry, ...], today: date, item: str) -> None:
    def still_open(given: tuple[Entry, ...]) -> int:
        return sum(line.item == item and line.state in OPEN for line in ask(where, given, today))

    assert still_open((*done, Entry(item, today, "delivered", 0.5, number=99))) <= still_open(done)


@given(stays(), entries(), IN_YEAR, IN_YEAR)
def test_time_alone_delivers_nothing(where: tuple[Stay, ...], done: tuple[Entry, ...], one: date, other: date) -> None:
    early, late = sorted((one, other))
    delivered = [
        {line.entry.number for line in ask(where, done, day) if line.entry and line.state is State.DELIVERED} for day in (early, late)
    ]
    assert delivered[0] == delivered[1]


def twin_of_fixed(dues: list[date], entries: list[date], opens: date) -> int:
    """Walks through the days: whatever is done is taken for what is due first of what nobody has answered. How many are answered."""
    open_, answered, day = sorted(dues), 0, opens
    while day <= LAST:
        for _ in range(entries.count(day)):
            if open_:
                open_.pop(0)
                answered += 1
        day += timedelta(1)
    return answered


@given(st.lists(IN_YEAR, max_size=6), IN_YEAR)
def test_what_is_spread_over_a_year_beside_a_walk_through_its_days(done: list[date], today: date) -> None:
    entries = tuple(Entry("desktop", day, "delivered", 0.25, number=at) for at, day in enumerate(done, 1))
    lines = [line for line in ask((Stay("light_touch", FIRST),), entries, today) if line.item == "desktop" and line.tier]
    assert sum(line.state is State.DELIVERED for line in lines) == twin_of_fixed([line.due for line in lines], done, date(2025, 7, 23))


@given(
    st.lists(st.tuples(st.dates(FIRST, LAST), st.sampled_from(["green", "amber", "red", ""])), max_size=5, unique_by=lambda one: one[0]),
    TIERS,
)
def test_reviews_beside_a_walk_through_the_weeks(done: list[tuple[date, str]], tier: str) -> None:
    """The twin knows the day of the last review, how it went, and counts weeks with an open day."""
    line = next((one for one in OURS.tiers[tier].lines if isinstance(one, Interval) and one.item == "review"), None)
    if line is None:
        return
    entries = tuple(Entry("review", day, "delivered", 1.0, rag, number=at) for at, (day, rag) in enumerate(done, 1))
    last, rag = max(done, default=(FIRST, ""))
    rag = rag or next((one for _, one in sorted(done, reverse=True) if one), "")
    monday, left = last - timedelta(last.weekday()), weeks_by(line, rag)
    while left:
        monday += timedelta(7)
        left -= any(is_open(monday + timedelta(ahead)) for ahead in range(5))
    due = max(one for ahead in range(5) if is_open(one := monday + timedelta(ahead)))
    found = [one for one in ask((Stay(tier, FIRST),), entries, last) if one.item == "review" and one.state is State.DUE]
    assert [one.due for one in found] == ([due] if due <= LAST else [])
