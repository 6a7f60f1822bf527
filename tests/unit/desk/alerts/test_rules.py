"""When a message is due, and what of a year goes into which: the rehearsal is what really goes."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.desk.alerts.rules import HowOften, begins, due, goes, hashed, rehearsed

TODAY = date(2026, 11, 25)  # a Wednesday
AGO = st.integers(0, 400).map(lambda days: TODAY - timedelta(days))
HOWS = st.sampled_from([HowOften.AT_ONCE, HowOften.WEEKLY, HowOften.QUARTERLY])


@dataclass(frozen=True)
class Thing:
    key: str
    day: date
    task: bool
    done: date | None

    def stood(self, on: date) -> bool:
        return self.day <= on and not (self.task and self.done is not None and self.done <= on)


@st.composite
def things(draw: st.DrawFn) -> list[Thing]:
    found = []
    for at in range(draw(st.integers(0, 12))):
        day, task = draw(AGO), draw(st.booleans())
        over = draw(st.one_of(st.none(), st.integers(0, 200))) if task else None
        found.append(Thing(f"thing:{at}", day, task, None if over is None else day + timedelta(over)))
    return found


@pytest.mark.parametrize(
    ("how", "day", "first"),
    [
        (HowOften.WEEKLY, date(2026, 11, 25), date(2026, 11, 23)),
        (HowOften.WEEKLY, date(2026, 11, 23), date(2026, 11, 23)),
        (HowOften.QUARTERLY, date(2026, 11, 25), date(2026, 10, 1)),
        (HowOften.QUARTERLY, date(2026, 3, 31), date(2026, 1, 1)),
        (HowOften.AT_ONCE, date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_a_period_begins(how: HowOften, day: date, first: date) -> None:
    assert begins(how, day) == first


def test_a_message_is_due_once_in_a_period_and_never_to_whoever_wants_none() -> None:
    assert due(HowOften.QUARTERLY, date(2026, 9, 30), date(2026, 10, 1)) and not due(HowOften.QUARTERLY, date(2026, 10, 1), TODAY)
    assert due(HowOften.WEEKLY, date(2026, 11, 22), date(2026, 11, 23)) and not due(HowOften.WEEKLY, date(2026, 11, 23), TODAY)
    assert not due(HowOften.AT_ONCE, TODAY, TODAY)  # the command run twice on one day
    assert not any(due(HowOften.OFF, TODAY - timedelta(ago), TODAY) for ago in range(800))


@given(how=HOWS, listed=things())
def test_a_rehearsal_is_what_a_run_each_day_sends(how: HowOften, listed: list[Thing]) -> None:
    """The naive twin runs each day of the year, oldest first, with what a database would keep."""
    sent: dict[str, date] = {}
    messages: list[tuple[date, set[str]]] = []
    last_message = last_news = TODAY - timedelta(365)
    for ago in range(364, -1, -1):
        day = TODAY - timedelta(ago)
        news_due = how is not HowOften.AT_ONCE or begins(HowOften.QUARTERLY, last_news) < begins(HowOften.QUARTERLY, day)
        if begins(how, last_message) == begins(how, day):
            continue
        going = {one.key for one in listed if one.key not in sent and one.day <= day
                 and ((one.task and (one.done is None or one.done > day)) or (not one.task and news_due))}  # fmt: skip
        last_message = day
        last_news = day if news_due else last_news
        if going:
            sent |= dict.fromkeys(going, day)
            messages.append((day, going))
    assert [(one.day, {each.key for each in one.things}) for one in rehearsed(how, listed, TODAY)] == messages[::-1]


@given(how=HOWS, listed=things(), day=AGO)
def test_nothing_that_was_told_read_or_done_goes(how: HowOften, listed: list[Thing], day: date) -> None:
    told = {hashed(one.key) for one in listed[::2]}
    going = goes(how, listed, told, TODAY - timedelta(365), day)
    assert not {hashed(one.key) for one in going} & told
    assert all(one.day <= day and not (one.done and one.done <= day) for one in going)


@given(listed=things())
def test_rarer_mail_has_no_more_in_it(listed: list[Thing]) -> None:
    """What was done before the message goes is in none, so waiting longer can only leave out."""
    often, seldom = (sum(len(one.things) for one in rehearsed(how, listed, TODAY)) for how in (HowOften.WEEKLY, HowOften.QUARTERLY))
    assert seldom <= often and rehearsed(HowOften.OFF, listed, TODAY) == []
