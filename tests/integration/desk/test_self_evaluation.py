"""A school says of itself how it is: online or in its own document, carried over, looked at, beside our signals."""

import io
import shutil
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.self_evaluation import actions, queries, rules
from headway.desk.self_evaluation.models import Draw, Said, SelfEvaluation
from headway.desk.tiers import actions as tiers
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def schools(example: Any, settings: Any, own_home: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:3]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "service": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
        "head": person(Role.HEADTEACHER, urns={schools[0].pk}, email="h@example.org"),
        "governor": person(Role.GOVERNOR, urns={schools[0].pk}, email="g@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={schools[1].pk}, email="e@example.org"),
    }


def test_the_whole_way_of_a_self_evaluation_through_the_pages(people: Any, schools: Any, browser_of: Any) -> None:
    door, urn = the_door(), schools[0].pk
    head, service, governor = (browser_of(people[who]) for who in ("head", "service", "governor"))
    where = f"/schools/{urn}/self-evaluation/"
    tiers.give(by=people["service"], school=schools[0], service="governors", kind="governance", line="No chair", on=clock.today(), once="1")
    tiers.evidence_for(by=people["service"], door=door, viewer=PUBLIC, scheme=scheme_named(door), school=schools[0])
    empty = head.post(f"{where}write/", {"send": "yes"})
    assert empty.status_code == 422 and "write under a criterion" in empty.content.decode()
    typed = {"tier": "secure", "summary": "All well", "rating-leadership": "strong", "text-leadership": CANARY}
    head.post(f"{where}write/", typed)
    assert CANARY in head.get(where).content.decode() and CANARY not in service.get(where).content.decode()  # a draft is the school's
    assert CANARY not in governor.get(where).content.decode()
    head.post(f"{where}write/", {**typed, "send": "yes"})
    page = service.get(where).content.decode()
    assert CANARY in page and "our signals do not: Governance thin" in page
    seen = governor.get(where).content.decode()
    assert CANARY in seen and "Our signals" not in seen
    assert head.post(f"{where}write/", {**typed, "summary": "Other"}).status_code == 302  # sent is sent
    assert SelfEvaluation.objects.get().summary == "All well"
    assert service.post(f"{where}validate/", {"rating-leadership": "developing", "line-leadership": ""}).status_code == 422
    service.post(f"{where}validate/", {"rating-leadership": "developing", "line-leadership": "The chair left in July."})
    page = head.get(where).content.decode()
    assert "The chair left in July." in page and "≠ the school’s view" in page
    assert browser_of(people["elsewhere"]).get(where).status_code == 404
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True)) and not list(verify())


def test_last_years_words_are_there_to_go_on_from(people: Any, schools: Any, browser_of: Any) -> None:
    scheme = scheme_named(the_door()).id
    given = {"by": people["head"], "school": schools[0], "scheme": scheme, "tier": "secure", "summary": "Before"}
    actions.write(**given, year="2025/26", said={"teaching": ("secure", CANARY)}, send=True)
    page = browser_of(people["head"]).get(f"/schools/{schools[0].pk}/self-evaluation/write/").content.decode()
    if queries.this_year() > "2025/26":
        assert CANARY in page and "What you said for 2025/26" in page
    actions.write(**given, year="2026/27", said={"teaching": ("secure", "New"), "outcomes": ("", "")})
    actions.write(**given, year="2026/27", said={"teaching": ("secure", "New"), "outcomes": ("", "")})
    assert [one.text for one in Said.objects.filter(evaluation__year="2026/27")] == ["New"]  # only what changed, once


def test_a_school_sends_its_own_document(people: Any, schools: Any, browser_of: Any, settings: Any, tmp_path: Any, example: Any) -> None:
    shutil.copytree(example, tmp_path / "own")  # a file is kept in it
    settings.HEADWAY = replace(settings.HEADWAY, home=tmp_path / "own")
    head, where = browser_of(people["head"]), f"/schools/{schools[0].pk}/self-evaluation/"
    bad = SimpleUploadedFile("evaluation.docx", b"not a document")
    answer = head.post(f"{where}write/", {"summary": "See the document", "file": bad, "send": "yes"})
    assert answer.status_code == 422 and "See the document" in answer.content.decode() and not SelfEvaluation.objects.exists()
    good = SimpleUploadedFile("evaluation.docx", word())
    assert head.post(f"{where}write/", {"summary": "See the document", "file": good, "send": "yes"}).status_code == 302
    year = queries.this_year().replace("/", "-")
    taken = browser_of(people["service"]).get(f"{where}{year}/document")
    assert taken.status_code == 200 and "attachment" in taken["Content-Disposition"]
    assert b"".join(taken.streaming_content) == word()
    taken.close()
    assert browser_of(people["elsewhere"]).get(f"{where}{year}/document").status_code == 404


def word() -> bytes:
    """A document with the parts that make it one; the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("[Content_Types].xml", "word/document.xml"):
            packed.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), "<part/>")
    return out.getvalue()


def test_a_third_is_drawn_once_a_year(people: Any, schools: Any, browser_of: Any) -> None:
    service, scheme, year = browser_of(people["service"]), scheme_named(the_door()).id, queries.this_year()
    service.post("/support/self-evaluations/draw/")
    assert not Draw.objects.exists()
    for school in schools:
        actions.write(by=people["head"], school=school, year=year, scheme=scheme, tier="", summary="x", said={}, send=True)
    for _ in range(2):
        service.post("/support/self-evaluations/draw/")
    one = Draw.objects.get()
    assert one.drawn == rules.third_of(one.of, one.seed) and len(one.drawn) == 1
    assert "1 are drawn" in service.get("/support/self-evaluations/").content.decode()


def test_independent_schools_never_count_as_schools_without_a_tier(people: Any, schools: Any, browser_of: Any, example: Any) -> None:
    """A scheme sorts those it has a route for; the list, its file and the self-evaluations speak of no other."""
    found = of_authority(open_door(example), "150").values()
    private = next(one for one in found if one.status == "open" and one.governance not in scheme_named(the_door()).routes)
    Establishment.objects.create(urn=private.urn, name=private.name, phase=private.phase, status="open", authority="150")
    service = browser_of(people["service"])
    page = service.get("/support/tiers/").content.decode()
    assert f"0 of {len(schools)} schools have" in page and private.name not in page
    assert f"of {len(schools)} schools" in service.get("/support/self-evaluations/").content.decode()
