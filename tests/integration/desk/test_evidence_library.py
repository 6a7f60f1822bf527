"""From proposed to published and looked at again; who may move what; search; own results; schools like one that improved."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.desk.evidence_library import actions, queries, showing
from headway.desk.evidence_library.models import Practice
from headway.language.practices import CAUTION
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.families import family
from headway.readings.improvers import improvers
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
MEASURE = "ks2.rwm_expected"
TEXTS = {"problem": "Little reading", "did": "Everybody reads after lunch", "context": "", "costs": "", "pitfalls": ""}


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    there = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in there]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "adviser": person(Role.ADVISER, urns={schools[0].pk}, email="a@example.org"),
        "head": person(Role.HEADTEACHER, urns={schools[0].pk}, email="h@example.org"),
        "other": person(Role.HEADTEACHER, urns={schools[1].pk}, email="o@example.org"),
        "elected": person(Role.ELECTED_MEMBER, email="el@example.org"),
    }


def proposed(by: Any, **more: Any) -> Practice:
    given = {"title": "Reading time", "kind": "practice", "areas": ["reading"], "phases": ["primary"], "measure": MEASURE, "pounds": 0}
    return actions.propose(by=by, **{**given, **TEXTS, **more})


def published(people: Any, **more: Any) -> Practice:
    made = proposed(people["head"], **more)
    actions.move(by=people["adviser"], practice=made, to="reviewed")
    actions.move(by=people["lead"], practice=made, to="published", review_by=clock.today() + timedelta(100))
    return Practice.objects.get(pk=made.pk)


def test_nobody_reviews_what_they_proposed_and_only_the_lead_publishes(people: Any, schools: Any) -> None:
    made = proposed(people["adviser"])
    with pytest.raises(HeadwayError, match="nobody reviews what they proposed"):
        actions.move(by=people["adviser"], practice=made, to="reviewed")
    actions.move(by=people["lead"], practice=made, to="reviewed")
    with pytest.raises(HeadwayError, match="Say by when"):
        actions.move(by=people["lead"], practice=made, to="published")
    with pytest.raises(HeadwayError, match="cannot be moved so by you"):
        actions.move(by=people["adviser"], practice=made, to="published", review_by=clock.today() + timedelta(9))
    actions.move(by=people["lead"], practice=made, to="published", review_by=clock.today() + timedelta(9))
    assert verify() == []


def test_the_way_through_the_pages_with_what_is_seen_by_whom(people: Any, schools: Any, browser_of: Any) -> None:
    head, lead = browser_of(people["head"]), browser_of(people["lead"])
    faults = head.post("/evidence-library/new/", {"title": "Kept words", "kind": "practice"})
    assert faults.status_code == 422
    assert "Kept words" in faults.content.decode()
    given = {"title": "Reading time", "kind": "practice", "areas": ["reading"], "phases": ["primary"], "problem": "P", "did": "D"}
    head.post("/evidence-library/new/", {**given, "measure": MEASURE, "school": schools[0].pk, "since": "2023-09-01"})
    made = Practice.objects.get()
    assert browser_of(people["other"]).get(f"/evidence-library/{made.pk}/").status_code == 404
    assert head.get(f"/evidence-library/{made.pk}/published/").status_code == 404
    lead.post(f"/evidence-library/{made.pk}/returned/", {"because": "What did it cost?"})
    head.post(f"/evidence-library/{made.pk}/rewrite/", {**given, "costs": "Tea", "began_from": made.wordings.last().pk})
    made.refresh_from_db()
    assert made.state == "proposed"
    lead.post(f"/evidence-library/{made.pk}/reviewed/", {"because": "Read"})
    lead.post(f"/evidence-library/{made.pk}/published/", {"review_by": str(clock.today() + timedelta(90))})
    shown = browser_of(people["elected"]).get(f"/evidence-library/{made.pk}/").content.decode()
    for told in ("Tea", "What did it cost?", CAUTION[:40], schools[0].name):
        assert told in shown
    browser_of(people["other"]).post(f"/evidence-library/{made.pk}/we-do-this/", {"school": schools[1].pk, "since": "2024-09-01"})
    assert made.adoptions.count() == 2
    with pytest.raises(HeadwayError, match="already"):
        actions.adopt(by=people["other"], practice=made, school=schools[1], since=date(2024, 9, 1))
    assert "Reading time" in lead.get("/evidence-library/as-seen.csv").content.decode()


def test_search_reads_the_newest_wording_alone_and_wants_every_word(people: Any, schools: Any) -> None:
    made = published(people)
    found = queries.practices_for(people["elected"])
    assert list(queries.searched(found, "lunch EVERYBODY")) == [made]
    assert list(queries.searched(found, "lunch dinosaur")) == []
    texts = {**TEXTS, "did": "Everybody reads at ten", "began_from": made.wordings.last().pk}
    actions.rewrite(by=people["adviser"], practice=made, title="Reading time", **texts)
    assert list(queries.searched(found, "lunch")) == []
    with pytest.raises(HeadwayError, match="Somebody else"):
        actions.rewrite(by=people["lead"], practice=made, title="Other", **texts)


def test_a_struck_source_no_longer_counts(people: Any, schools: Any) -> None:
    made, door = published(people), open_door(settings_home())
    source = actions.cite(
        by=people["adviser"], practice=made, title="A review", href="https://example.org/", finding="Six months", strength="high",
        seen=date(2026, 1, 1),
    )  # fmt: skip
    assert showing.shown(door, Practice.objects.get()).level == "outside"
    actions.strike(by=people["lead"], source=source, because="Withdrawn by its authors")
    assert showing.shown(door, Practice.objects.get()).level == "tried"


def settings_home() -> Any:
    from django.conf import settings

    return settings.HEADWAY.home


def test_own_results_are_worked_out_and_those_that_did_not_improve_are_shown_too(people: Any, schools: Any, browser_of: Any) -> None:
    door = open_door(settings_home())
    known = {one.pk for one in schools}
    own, judged = next(
        (one, here[:2])
        for one in schools
        if (here := [each for each in improvers(door, family(door, one.pk, PUBLIC), MEASURE).looked_at if each.school.urn in known])
    )
    made = published(people)
    for one in judged:
        actions.adopt(by=people["lead"], practice=made, school=Establishment.objects.get(pk=one.school.urn), since=date(2022, 9, 1))
    told = showing.shown(door, Practice.objects.get())
    assert len(told.results) == len(judged)
    assert all(one.sentence for one in told.results)
    alike = showing.alike(door, own.pk, own.name, MEASURE)
    assert len(alike.did) + len(alike.without) == len(judged)
    assert all(one.improver is not None and one.improver.shown for one in alike.did)
    page = browser_of(people["elected"]).get(f"/schools/{own.pk}/what-worked/?on={MEASURE}").content.decode()
    assert CAUTION[:60] in page
    for one in judged:
        assert one.school.name in page
    assert browser_of(people["elected"]).get(f"/schools/{own.pk}/what-worked/?on=nothing").status_code == 404
