"""What did not come in time is seen: a safeguarding audit feeds the next proposals, a letter is overdue, an objective is amber twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from headway.definitions.loading import library_for
from headway.definitions.tiers import Season
from headway.desk.accounts.permissions import Role
from headway.desk.audit.actions import record
from headway.desk.duties import actions as duties
from headway.desk.duties import late
from headway.desk.engagements import actions as engagements
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.overview.needs import needed
from headway.desk.tiers import actions as tiers
from headway.desk.tiers import queries
from headway.desk.tiers.models import Return, TierDecision
from headway.desk.tiers.rules import LETTER_WITHIN, letter_by
from headway.readings.calendar import school_days_between
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
LIBRARY = library_for()
FORM = LIBRARY.school_returns["safeguarding_audit"]


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:2]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def lead(schools: list[Establishment], person: Any) -> Any:
    return person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org")


@pytest.fixture
def collected(schools: list[Establishment], lead: Any) -> None:
    """A third school sent its audit of the newest year that was due: the council collects it here."""
    third = Establishment.objects.create(urn=999_001, name="A third school", phase="primary", status="open", authority="150")
    year, _ = late.due_last(LIBRARY, FORM.id, clock.today()) or (0, clock.today())
    duties.answer(by=lead, one=duties.asked(by=lead, school=third, form=FORM, year=year), lines={}, send=True)


def test_of_a_year_in_which_no_school_sent_one_here_nothing_is_known_and_nobody_is_late(lead: Any, schools: Any) -> None:
    assert late.feed(by=lead, library=LIBRARY, schools=schools, today=clock.today()) == 0
    assert answer_of(schools[0].pk) == "unknown" and not Return.objects.exists()


def answer_of(urn: int) -> str:
    found = queries.proposals(the_door(), PUBLIC, scheme_named(the_door()), [urn])[0][urn]
    return {one.name: one.answer.value for one in found.signals}["safeguarding_audit"]


def test_an_audit_that_did_not_come_feeds_the_proposal_until_it_comes(lead: Any, schools: Any, person: Any) -> None:
    school, other = schools
    head, today = person(Role.HEADTEACHER, urns={school.pk}), clock.today()
    year, due = late.due_last(LIBRARY, FORM.id, today) or (0, today)
    assert due < today and answer_of(school.pk) == "unknown"
    sent = duties.asked(by=head, school=other, form=FORM, year=year)
    duties.answer(by=head, one=sent, lines={}, send=True)
    for made in (1, 0):  # told once
        assert late.feed(by=lead, library=LIBRARY, schools=schools, today=today) == made
    assert answer_of(school.pk) == "met" and answer_of(other.pk) == "unknown"
    line = Return.objects.get()
    assert line.restricted and "not returned by" in queries.line_of(line) and line.service == "safeguarding"
    duties.answer(by=head, one=duties.asked(by=head, school=school, form=FORM, year=year), lines={}, send=True)
    assert answer_of(school.pk) == "unknown" and Return.objects.get().archived_because == "The return has come."
    assert late.feed(by=lead, library=LIBRARY, schools=schools, today=today) == 0


def test_a_line_that_somebody_put_aside_is_not_written_again(lead: Any, schools: Any, collected: None) -> None:
    late.feed(by=lead, library=LIBRARY, schools=schools[:1], today=clock.today())
    tiers.put_aside(by=lead, one=Return.objects.get(), because="It came on paper.")
    assert late.feed(by=lead, library=LIBRARY, schools=schools[:1], today=clock.today()) == 0 and answer_of(schools[0].pk) == "unknown"


@pytest.mark.parametrize(("today", "year"), [(date(2026, 12, 15), 2025), (date(2026, 12, 16), 2026), (date(2027, 8, 31), 2026)])
def test_it_is_late_from_the_day_after_it_was_due(today: date, year: int) -> None:
    assert (late.due_last(LIBRARY, FORM.id, today) or (0, today))[0] == year


def test_a_move_between_meetings_knows_what_did_not_come(lead: Any, schools: Any, collected: None, browser_of: Any) -> None:
    where, urn = f"/schools/{schools[0].pk}/tiers/move/", schools[0].pk
    given = {"tier": "light_touch", "since": str(clock.today()), "reason": "The audit did not come.", "way_out": "It comes.", "once": "x",
             "despite": ""}  # fmt: skip
    browser = browser_of(lead)
    assert browser.post(where, given | {"tier": ""}).status_code == 422 and not Return.objects.exists(), "nothing is decided, nothing told"
    assert browser.post(where, given).status_code == 302
    made = TierDecision.objects.get(school=schools[0])
    signal = {one["name"]: one["answer"] for one in made.evidence.shown["signals"]}["safeguarding_audit"]
    assert signal == "met" and made.evidence.returns == [Return.objects.get(school_id=urn).pk]


def test_the_meeting_is_told_when_it_is_called(lead: Any, schools: Any, collected: None, browser_of: Any) -> None:
    given = {"title": "Autumn", "day": str(clock.today()), "scheme": scheme_named(the_door()).id, "once": "x", "days_at_hand": "",
             "urns": " ".join(str(one.pk) for one in schools)}  # fmt: skip
    assert browser_of(lead).post("/support/meetings/new/", given).status_code == 302
    assert Return.objects.filter(kind="safeguarding_audit").count() == 2


def test_a_letter_that_is_late_is_listed_and_waits_as_overdue(lead: Any, schools: Any, browser_of: Any) -> None:
    door, day = the_door(), clock.today()
    given = {"by": lead, "door": door, "viewer": PUBLIC, "scheme": scheme_named(door), "title": "A", "day": day, "once": "m"}
    meeting = tiers.call_meeting(schools=schools, **given)
    for item in meeting.items.all():
        tiers.settle(by=lead, item=item, scheme=scheme_named(door), tier="secure", reason="We know it.", began_from=0)
    browser = browser_of(lead)
    where = f"/support/meetings/{meeting.pk}/schools/{schools[0].pk}/"
    assert "2 of 2 settled. Confirm" in browser.get(where).content.decode()
    tiers.confirm(by=lead, meeting=meeting, ways_out={}, advisers={})
    page = browser.get(where).content.decode()
    assert "2 of 2 decided. The heads are rung" in page and "Confirm what is settled" not in page and "Propose anew" not in page
    assert "late" not in browser.get("/support/letters/").content.decode()
    TierDecision.objects.filter(school=schools[0]).update(made=clock.now() - timedelta(60))
    record(by="test", verb="moved", target="tier")  # what was found out before is found out anew
    page = browser.get("/support/letters/").content.decode()
    assert "1 letter is late" in page and page.count("the letter was due by") == 1
    waits = {need.what: need.late for need in needed(door, lead, day)}
    assert waits[f"Ring the head of {schools[0].name}"] and not waits[f"Ring the head of {schools[1].name}"]


def signal_of(urn: int) -> str:
    found = queries.proposals(the_door(), PUBLIC, scheme_named(the_door()), [urn])[0][urn]
    return {one.name: one.answer.value for one in found.signals}["complaints"]


def test_three_concerns_that_were_upheld_feed_the_proposal_and_one_that_was_not_takes_none_away(lead: Any, schools: Any) -> None:
    urn, day = schools[0].pk, clock.today()

    def resolved(number: int, *, upheld: bool) -> None:
        told = {"kind": "parents", "source": "Complaints", "summary": f"Number {number}", "raised": day - timedelta(30 - number)}
        concern = engagements.raise_concern(by=lead, school=schools[0], **told)
        for _ in range(2):  # the button pressed twice
            engagements.resolve(by=lead, concern=concern, upheld=upheld, outcome="Looked into")

    resolved(0, upheld=False)
    assert signal_of(urn) == "not_met"
    for number in (1, 2):
        resolved(number, upheld=True)
    assert signal_of(urn) == "not_met"
    resolved(3, upheld=False)
    assert Return.objects.filter(kind="complaints").count() == 3, "the all-clear of one takes no other away"
    resolved(4, upheld=True)
    assert signal_of(urn) == "met"
    assert all(one.restricted and "Number" not in one.line for one in Return.objects.filter(kind="complaints"))


@pytest.mark.parametrize(
    ("meeting", "due"),
    [(date(2026, 9, 8), date(2026, 10, 9)), (date(2026, 9, 30), date(2026, 10, 9)), (date(2027, 9, 20), date(2027, 10, 9)),
     (date(2026, 9, 7), None), (date(2026, 10, 1), None), (date(2026, 12, 10), None)],
)  # fmt: skip
def test_letters_of_the_autumn_go_by_the_day_in_early_october_that_the_scheme_names(meeting: date, due: date | None) -> None:
    scheme = LIBRARY.tiers["aiming_higher.v1"]
    assert letter_by(meeting, LIBRARY, scheme, meeting) == (due or letter_by(meeting, LIBRARY))
    assert letter_by(meeting, LIBRARY, scheme, None) == letter_by(meeting, LIBRARY), "a move between meetings keeps its ten school days"


def test_a_season_that_ends_in_the_new_year_names_its_day_after_its_end() -> None:
    season = Season.model_validate({"title": "x", "from": "12-01", "until": "01-31", "letters_by": "02-10"})
    assert [season.letters_due(day) for day in (date(2026, 12, 5), date(2027, 1, 31), date(2027, 2, 1))] == [date(2027, 2, 10)] * 2 + [None]


@pytest.mark.parametrize("decided", [date(2026, 9, 8), date(2026, 9, 30), date(2026, 12, 15), date(2027, 4, 30)])
def test_a_letter_has_ten_school_days(decided: date) -> None:
    due = letter_by(decided, LIBRARY)
    assert due is not None and school_days_between(decided, due, LIBRARY) == LETTER_WITHIN
