"""Everything about a school in one file, and its story on one line: over its URNs, and no more than the person may read."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import before_it
from headway.desk.overview.everything import RESTRICTED, held, packed, reaching
from headway.desk.overview.everything_parts import LEFT_OUT, PARTS
from headway.desk.overview.ours import seen
from headway.desk.overview.ours_parts import NOT_OURS, OURS
from headway.desk.tiers import actions as tiers
from headway.desk.tiers import deciding
from headway.desk.visits import actions
from headway.desk.visits.models import Visit
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
CANARY, BEFORE = "Wilhelmina Canary", 900001


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """A primary of the example that became what it is from another, and a second."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:2]
    made = [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]
    made[0].links = [{"urn": BEFORE, "kind": "predecessor"}]
    made[0].save()
    Establishment.objects.create(
        urn=BEFORE, name="Before", phase="primary", status="closed", authority="150", links=[{"urn": made[0].pk, "kind": "merged"}]
    )
    return made


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "head": person(Role.HEADTEACHER, urns={schools[0].pk}, email="h@example.org"),
        "elsewhere": person(Role.ADVISER, urns={schools[1].pk}, email="e@example.org"),
    }


@pytest.fixture
def written(people: Any, schools: list[Establishment]) -> None:
    """A visit with an open and a restricted passage and a draft, and a call to the school that it was before."""
    adviser = people["adviser"]
    visit = actions.book(by=adviser, school=schools[0], kind="autumn_visit", adviser=adviser, day=clock.today())
    actions.keep_draft(by=adviser, visit=visit, part="note", typed={"open-outcomes": "half a sentence"})
    said = {("outcomes", False): "Strong reading", ("leadership", True): CANARY}
    actions.write(by=adviser, visit=visit, texts=said, known={}, began_from=0)
    told = {"spoke_to": "head", "said": "About the move", "restricted": False, "counts_as": None, "way": ""}
    actions.log_call(by=adviser, school=Establishment.objects.get(pk=BEFORE), once="1", **told)


def test_each_kind_of_thing_that_belongs_to_a_school_is_taken_or_left_out_with_its_reason() -> None:
    reached = reaching()
    assert reached["visits.Passage"] == ["visit__school"] and set(reached["engagements.Following"]) == {"before", "after"}
    assert set(reached) == set(PARTS) | set(LEFT_OUT), "a new kind of thing about a school belongs into one of the two lists"
    assert not set(PARTS) & set(LEFT_OUT)


def test_what_was_written_is_there_over_both_urns_and_what_is_restricted_for_whom_it_may(written: None, people: Any, schools: Any) -> None:
    urns = [schools[0].pk, *before_it(schools[0])]
    assert urns == [schools[0].pk, BEFORE]  # in a circle of links nobody is met twice
    full = dict(held(people["adviser"], urns))
    assert "About the move" in str(full["visits.call"]) and CANARY in str(full["visits.passage"])
    assert "visits.draft" not in full and "half a sentence" not in str(full)
    assert "A Person" in str(full["visits.visit"]) and "user:" not in str(full)
    own = dict(held(people["head"], urns))
    assert CANARY not in str(own) and "visits.passage" not in own and "visits.call" not in own


def test_a_sealed_text_that_one_may_not_read_says_so(written: None, people: Any, schools: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.desk.accounts.permissions import GRANTS, Permission

    monkeypatch.setitem(GRANTS, Role.ADVISER, GRANTS[Role.ADVISER] - {Permission.SEE_RESTRICTED})
    found = str(dict(held(people["adviser"], [schools[0].pk]))["visits.passage"])
    assert RESTRICTED in found and "Strong reading" in found and CANARY not in found


def test_the_file_tells_what_is_in_it_and_its_taking_is_written_down(written: None, people: Any, schools: Any, browser_of: Any) -> None:
    path = f"/schools/{schools[0].pk}/everything.zip"
    answer = browser_of(people["adviser"]).get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as inside:
        told = inside.read("READ-ME.txt").decode()
        assert f"readings-{schools[0].pk}.csv" in inside.namelist() and "visits.passage.csv: 2 rows" in told
        assert "interests.interest: needs that one may" in told and "is theirs until they keep it" in told
        assert all(name in told for name in inside.namelist() if name != "READ-ME.txt")
    assert Event.objects.filter(verb="exported", target_id=path).count() == 1
    assert browser_of(people["head"]).get(path).status_code == 403
    there, nowhere = (browser_of(people["elsewhere"]).get(one) for one in (path, "/schools/999999/everything.zip"))
    said = [re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', b"", one.content) for one in (there, nowhere)]
    assert there.status_code == nowhere.status_code == 404 and said[0] == said[1]


def test_nothing_is_in_the_file_that_the_door_does_not_give(people: Any, schools: Any) -> None:
    made = packed(people["lead"], schools[1], open_door(_home()), PUBLIC, date(2026, 11, 25))
    with zipfile.ZipFile(io.BytesIO(made)) as inside:
        assert {name for name in inside.namelist() if name.startswith("readings")} == {f"readings-{schools[1].pk}.csv"}


def test_each_kind_of_thing_is_taken_by_the_school_or_left_out_with_its_reason() -> None:
    assert set(reaching()) == set(OURS) | set(NOT_OURS), "a new kind of thing about a school belongs into one of the two lists"
    assert not set(OURS) & set(NOT_OURS)


def test_head_and_governors_take_away_what_their_pages_show_and_no_more(
    written: None, people: Any, schools: Any, person: Any, browser_of: Any
) -> None:
    school, lead = schools[0], people["lead"]
    governor = person(Role.GOVERNOR, urns={school.pk}, email="g@example.org")
    door = open_door(_home())
    tiers.give(by=lead, school=school, service="hr", line="Open line", on=clock.today(), once="1")
    tiers.give(by=lead, school=school, service="hr", line=CANARY, on=clock.today(), restricted=True, once="2")
    decision = deciding.move(
        by=lead, door=door, viewer=PUBLIC, scheme=scheme_named(door), school=school, tier="focus", since=clock.today(),
        reason="Said on the telephone", way_out="Two green reviews", despite="", safeguarding=False, once="3",
    )  # fmt: skip
    before = _file(browser_of(people["head"]), school)
    assert "visits.passage.csv" not in before and "tiers.tierdecision.csv" not in before
    assert "half a sentence" not in str(before) and "About the move" not in str(before)
    visit = Visit.objects.get()
    actions.share(by=people["adviser"], visit=visit, way="visit", holidays=frozenset())
    deciding.tell(by=lead, decision=decision, whom="head", adviser=people["adviser"], phone="1")
    for who in (people["head"], governor):
        taken = _file(browser_of(who), school)
        assert "Strong reading" in taken["visits.passage.csv"] and "Said on the telephone" in taken["tiers.tierdecision.csv"]
        assert "Open line" in taken["tiers.return.csv"] and "Autumn visit" in taken["visitors.csv"] and taken["owed.csv"].count("\n") > 1
        assert CANARY not in str(taken) and "user:" not in str(taken)
        told = taken["READ-ME.txt"]
        assert "restricted paragraphs" in told and "wellbeing" in told and all(label.lower() in told for label in NOT_OURS)
    refused, nowhere = (browser_of(people["elsewhere"]).get(f"/schools/{urn}/ours.zip") for urn in (school.pk, 999_999))
    assert refused.status_code == nowhere.status_code == 404


def _file(browser: Any, school: Establishment) -> dict[str, str]:
    answer = browser.get(f"/schools/{school.pk}/ours.zip")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as inside:
        return {name: inside.read(name).decode("utf-8-sig") for name in inside.namelist()}


def test_every_column_that_a_school_takes_is_there(people: Any, schools: Any) -> None:
    """Each table is asked for, also those of which the example has no row."""
    assert list(seen(people["head"], [schools[0].pk])) == [] and len(OURS) > 40


def _home() -> Any:
    from django.conf import settings

    return settings.HEADWAY.home


def test_the_story_joins_figures_visits_and_calls_and_tells_each_side_what_is_theirs(
    written: None, people: Any, schools: Any, browser_of: Any
) -> None:
    path = f"/schools/{schools[0].pk}/story/"
    ours, theirs = (browser_of(people[who]).get(path).content.decode() for who in ("adviser", "head"))
    for page in (ours, theirs):
        assert "Figures of 20" in page
        assert "Autumn visit" in page
    assert f"as URN {BEFORE}" in ours and "with head" in ours.lower()
    assert f"as URN {BEFORE}" not in theirs  # of the predecessor there is only a call, which is the council's
    only = browser_of(people["adviser"]).get(f"{path}?only=Call").content.decode()
    assert "Autumn visit" not in only
