"""One run erases all whose time is over, tells what it did, leaves what is not due, and holds back what a person must read first."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from typer.testing import CliRunner

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.attendance.models import Entry, Plan, RightAsked, Shared
from headway.desk.audit.models import Event
from headway.desk.consultation.models import Answer, Consultation, Response, Sending
from headway.desk.documents.models import Document
from headway.desk.engagements.models import Concern, Engagement, Note, NoteVersion, Turn
from headway.desk.establishments.models import Establishment
from headway.desk.learning.models import Booking, Programme
from headway.desk.learning.models import Session as LearningSession
from headway.desk.learning.queries import NAME
from headway.desk.visits.models import Call
from headway.desk.wellbeing.models import Line, Talk
from headway.site import housekeeping
from headway.store import workspace
from headway.vocabulary.clock import now, today
from tests.integration.desk.test_consultation import make
from tests.integration.desk.test_documents import files, keep

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def everything(own_home: Path) -> None:
    """Of each kind one that is over and one that is not. No registers are held; what was done about pupils is."""
    from axes.models import AccessAttempt

    workspace.create(own_home, ["000"])
    for years in (6, 8):
        plans(years)
        written(years)

    for content, over in ((b"%PDF-1.7 one", True), (b"%PDF-1.7 two", False)):
        made = keep(content)
        if over:
            Document.objects.filter(pk=made.pk).update(keep_until=today() - YESTERDAY)
    for title, over, read in (("Over", True, True), ("Not read", True, False), ("Still kept", False, True)):
        one = make(title=title).one
        answered(one, read)
        days = {"opens": today() - 30 * YESTERDAY, "closes": today() - 20 * YESTERDAY}
        Consultation.objects.filter(pk=one.pk).update(**days, keep_until=today() - YESTERDAY if over else today())
    for days in (184, 183):
        place(days)
    for minutes in (61, 59):
        Sending.objects.create(address="x" * 64, made=now() - timedelta(minutes=minutes))
        Session.objects.create(session_key=f"key{minutes}", session_data="", expire_date=now() + timedelta(minutes=60 - minutes))
    for minutes in (16, 14):
        attempt = AccessAttempt.objects.create(username=f"{minutes}@example.org", ip_address="192.0.2.1", failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now() - timedelta(minutes=minutes))


def plans(years: int) -> None:
    """A plan with an entry that ended so many years ago; a right that stands, and one that was lifted then; what a partner still has."""
    school, _ = Establishment.objects.get_or_create(urn=900000, name="S", phase="primary", status="open", authority="000")
    day, whose = today() - timedelta(365 * years), {"school": school, "pupil": f"{years:032x}", "by": "test"}
    plan = Plan.objects.create(**whose, kind="voluntary", begins=day, review_by=day, ended=day, outcome="met")
    Entry.objects.create(plan=plan, kind="offered", day=day, sealed="sealed", by="test")
    asked = {"asked_by": "parent", "received": day, "due": day, "decided": day, "granted": True}
    RightAsked.objects.create(**whose, **asked, kind="object")
    RightAsked.objects.create(**whose, **asked, kind="restrict", lifted=day)
    Shared.objects.create(party="Early help", purpose="P", basis="consent", until=day, sealed="sealed", by="test")


def written(years: int) -> None:
    """So many years ago: an engagement that was closed, with a note; one still open, with a note; concerns, calls, talks."""
    school, day = Establishment.objects.get(urn=900000), today() - timedelta(365 * years)
    moment, user = now() - timedelta(365 * years), User.objects.get_or_create(email="a@example.org")[0]
    for state in ("closed", "open"):
        told = {"programme": f"{state}{years}", "route": "maintained", "workflow": "focus", "title": "Focus", "made_by": "test"}
        engagement = Engagement.objects.create(school=school, entered=day, state=state, made=moment, **told)
        Turn.objects.create(engagement=engagement, to=state, because="B", by="test", at=moment)
        note = Note.objects.create(engagement=engagement, restricted=True, by="test", at=moment)
        NoteVersion.objects.create(note=note, text="sealed", by="test", at=moment)
    Concern.objects.create(school=school, kind="k", source="s", summary="S", raised=day, by="test", resolved=day, upheld=False,
                           outcome="O", resolved_by="test")  # fmt: skip
    Concern.objects.create(school=school, kind="k", source="s", summary="S", raised=day, by="test")
    Call.objects.create(school=school, by=user, at=moment, spoke_to="head", said="S", once=str(years))
    for ended in (moment, None):
        talk = Talk.objects.create(head=user, begun=moment, ended=ended)
        Line.objects.create(talk=talk, author=user, sealed="sealed")


def place(days: int) -> None:
    """A place, with a name, in a session of so many days ago."""
    school, _ = Establishment.objects.get_or_create(urn=900000, name="S", phase="primary", status="open", authority="000")
    programme = Programme.objects.create(title="P", aim="A", levels=["teacher"], area="reading", made_by="test")
    session = LearningSession.objects.create(programme=programme, title="S", day=today() - timedelta(days), places=1, made_by="test")
    Booking.objects.create(
        session=session, school=school, level="teacher", sealed_name=seal("Robin", NAME), state="booked", seat=1, once=str(days), by="test"
    )  # fmt: skip


def answered(one: Consultation, read: bool) -> None:
    question = one.questions.first()
    made = Response.objects.create(
        consultation=one, sending=f"s{one.pk}", reference=f"r{one.pk}", moderation="counted" if read else "waiting"
    )
    Answer.objects.create(
        response=made, question=question, typed="My teacher said so", kept="A teacher said so" if read else "My teacher said so"
    )


def counts() -> dict[str, Any]:
    from axes.models import AccessAttempt

    typed = set(Answer.objects.exclude(typed="").values_list("response__consultation__title", flat=True))
    return {"files": Document.objects.filter(erased=None).count(), "typed": typed, "addresses": Sending.objects.count(),
            "plans": (Plan.objects.count(), Entry.objects.count()), "rights": RightAsked.objects.count(), "shared": Shared.objects.count(),
            "notes": (Note.objects.count(), NoteVersion.objects.count()), "engagements": Engagement.objects.count(),
            "concerns": Concern.objects.count(), "calls": (Call.objects.count(), Call.objects.exclude(said="").count()),
            "talks": (Talk.objects.count(), Line.objects.count()),
            "names": Booking.objects.exclude(sealed_name="").count(),
            "sessions": Session.objects.count(), "failures": AccessAttempt.objects.count()}  # fmt: skip


def test_a_dry_run_tells_and_erases_nothing() -> None:
    before, events = counts(), Event.objects.count()
    done = {one.what: one for one in housekeeping.keep_house(by="test", dry=True)}
    due = [1, 2, 1, 1, 1, 1, 0, 3, 3, 1]
    assert [(one.due, one.erased) for one in done.values()] == [(many, 0) for many in due]
    assert (counts(), Event.objects.count()) == (before, events)


@pytest.mark.django_db(transaction=True)  # a file goes when that it went is committed
def test_what_is_over_is_erased_once_and_what_is_not_read_is_held_back(own_home: Path) -> None:
    done = {one.what: one for one in housekeeping.keep_house(by="test")}
    answers = done["answers as typed, by consultation"]
    assert (answers.due, answers.erased, answers.held_back, answers.why) == (2, 1, 1, "Not read: 1 not read yet")
    assert counts() == {"files": 1, "typed": {"Not read", "Still kept"}, "addresses": 1, "names": 1, "sessions": 1, "failures": 1,
                        "plans": (1, 1), "rights": 3, "shared": 2, "notes": (3, 3), "engagements": 4, "concerns": 3,
                        "calls": (2, 1), "talks": (3, 3)}  # fmt: skip
    work = done["work on pupils’ attendance"]
    assert (work.due, work.erased, work.held_back) == (3, 2, 1)  # what a partner has not said to be destroyed is named
    assert len(files(own_home)) == 1
    assert Answer.objects.get(response__consultation__title="Over").kept == "A teacher said so"
    told = Event.objects.filter(verb="kept house").get()
    assert json.loads(told.after) == {"documents": 1, "answers as typed, by consultation": 1, "hashed addresses of who answered": 1,
                                      "names of who came to sessions": 1, "sessions": 1, "failed sign-ins": 1,
                                      "work on pupils’ attendance": 2,
                                      "notes, concerns, minutes of concern meetings, calls": 3}  # fmt: skip
    assert "My teacher" not in "".join(Event.objects.values_list("after", flat=True))
    again = housekeeping.keep_house(by="test")
    assert sum(one.erased for one in again) == 0
    assert Event.objects.filter(verb="kept house").count() == 1


def test_the_command_tells_each_rule(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.cli.main import app
    from headway.site import running

    home = workspace.create(own_home / "area", ["330"]).home
    empty = CliRunner().invoke(app, ["housekeeping", "--home", str(home)])
    assert empty.exit_code == 0 and "no desk" in empty.output
    monkeypatch.setattr(running, "has_desk", lambda home: True)
    monkeypatch.setattr(running, "migrate", lambda home: None)
    told = CliRunner().invoke(app, ["housekeeping", "--dry-run", "--home", str(home), "--format", "json"])
    rows = json.loads(told.stdout)
    assert [row["due"] for row in rows] == [1, 2, 1, 1, 1, 1, 0, 3, 3, 1]
    assert all(row["rule"] for row in rows)
