"""A scheme whose errors fall more on some schools: held back everywhere until somebody answers for it, and again when they no longer do."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from typer.testing import CliRunner

from headway.cli import tier_gate
from headway.cli.main import app
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.audit.models import Event
from headway.desk.boards.gathering import held_tiers
from headway.desk.brokerage.standing import tiers as standing_tiers
from headway.desk.establishments.models import Establishment
from headway.desk.fairness import actions, queries, testing
from headway.desk.fairness.models import SignOff
from headway.desk.framing.pages import area_of, the_door
from headway.desk.overview.everything import held as everything
from headway.desk.tiers import actions as tiers
from headway.language.tested import SURVIVAL, beside_sentence, own_sentence, seen_sentence
from headway.readings.door import Door, open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_backtest import keeping
from headway.readings.tier_backtest.running import Test as Asked
from headway.readings.tier_proposal.proposing import scheme_named
from headway.stats.group_gaps import Difference
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
PAGE = "/support/fairness/"
WIDE = Difference(0.9, 0.5, 0.2, 0.55)
REASON = "Special schools are looked at by hand each term, so that nothing rests on their points."


@pytest.fixture
def home(example: Path, tmp_path: Path, settings: Any) -> Path:
    """The example area in a folder of its own, for the tests that are kept in it."""
    made = tmp_path / "area"
    made.mkdir()
    for one in example.iterdir():
        if one.name != keeping.FOLDER:
            (made / one.name).symlink_to(one)
    settings.HEADWAY = replace(settings.HEADWAY, home=made)
    return made


@pytest.fixture
def schools(home: Path) -> list[Establishment]:
    found = [one for one in of_authority(open_door(home), "150").values() if one.phase == "primary" and one.status == "open"][:3]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def lead(schools: list[Establishment], person: Any) -> Any:
    return person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org")


def write(door: Door, *, gaps: dict[str, Any], opinion: Any = None, day: int = 1, outcome: str = "inspection_fall") -> str:
    """A test as `keep` writes it: way → the difference among its small schools. Its number."""
    rows = [
        {"way": way, "by": "size", "slope": None, "beside": {"group": "small", "units": 400, "fell": 60, "flagged": None,
         "missed": vars(one) if one else None}}
        for way, one in gaps.items()
    ]  # fmt: skip
    scheme = scheme_named(door)
    told = {
        "form": keeping.FORM, "scheme": scheme.id, "title": scheme.title, "rules": keeping.rules_of(scheme), "outcome": outcome,
        "outcome_title": "It falls", "as_of": "2018-10-01", "until": "2021-10-01", "capacity": 100.0, "snapshot": door.published.id,
        "library": "abc", "labelled": 1000, "fell": 100 + day, "gaps": rows, "opinion": opinion,
    }  # fmt: skip
    name = keeping._digest(told)
    (door.home / keeping.FOLDER).mkdir(exist_ok=True)
    path = door.home / keeping.FOLDER / f"202611{day:02}T000000Z-{name[:16]}.json"
    path.write_text(json.dumps({"id": name, "made": f"2026-11-{day:02}T00:00:00+00:00", **told}))
    return name


def called(lead: Any, schools: list[Establishment]) -> Any:
    given = {"by": lead, "door": the_door(), "viewer": PUBLIC, "scheme": scheme_named(the_door()), "title": "Autumn", "day": clock.today()}
    return tiers.call_meeting(schools=schools, once="m", **given)


def signed(lead: Any, test: str, **given: Any) -> SignOff:
    told = {"scheme": scheme_named(the_door()).id, "reason": REASON, "until": clock.today() + timedelta(90), "once": "o", **given}
    return actions.sign_off(by=lead, door=the_door(), test=test, **told)


@pytest.fixture
def addresses(lead: Any, schools: list[Establishment]) -> tuple[Any, dict[str, str]]:
    from django.urls import reverse

    meeting = called(lead, schools)
    told = {"meeting": reverse("moderation:school", args=[meeting.pk, schools[0].pk]), "mine": reverse("my_schools"),
            "file": reverse("my_schools_file", args=["csv"]), "tiers": reverse("tiers:tiers")}  # fmt: skip
    return meeting, told


def test_held_back_on_every_page_and_file_until_somebody_answers_and_again_after_the_end(
    addresses: Any, lead: Any, schools: Any, browser_of: Any
) -> None:
    meeting, at = addresses
    browser, item = browser_of(lead), meeting.items.get(school=schools[0])
    title = (
        "Not enough evidence"
        if item.evidence.proposed == "not_enough_evidence"
        else scheme_named(the_door()).tiers[item.evidence.proposed].title
    )

    def shown() -> tuple[bool, bool, bool]:
        """Whether the meeting, My schools and its file tell what is proposed."""
        page, mine = (browser.get(at[one]).content.decode() for one in ("meeting", "mine"))
        rows = list(csv.DictReader(io.StringIO(browser.get(at["file"]).content.decode("utf-8-sig"))))
        return (
            f"Accept: {title}" in page and item.evidence.shown["said"] in page.replace("&#39;", "'"),
            "held back" not in mine,
            all(row["Proposed"] != "held back" for row in rows),
        )

    assert shown() == (True, True, True) and "not tested for fairness" in browser.get(at["meeting"]).content.decode()
    test = write(the_door(), gaps={"points": WIDE})
    actions.tested(by="test", test=keeping.kept_tests(the_door())[0])  # as the command does: pages kept for everybody are made anew
    assert shown() == (False, False, False)
    assert "held back</a>: their errors" in browser.get(at["tiers"]).content.decode()
    assert held_tiers(the_door(), clock.today()) == {"tiers_held": True}
    assert standing_tiers(the_door(), [schools[0].pk]) == {}
    [head, *rows] = dict(everything(lead, [schools[0].pk]))["tiers.evidence"]
    told = dict(zip(head, rows[0], strict=True))
    assert told["proposed"] == "held_back" and item.evidence.shown["said"] not in told["shown"]
    one = signed(lead, test)
    assert shown() == (True, True, True) and "somebody has answered for it" in browser.get(at["meeting"]).content.decode()
    assert held_tiers(the_door(), clock.today()) == {}
    assert queries.standing_of(the_door(), one.scheme, one.until).state == "signed"
    assert queries.standing_of(the_door(), one.scheme, one.until + timedelta(1)).state == "held"
    actions.withdraw(by=lead, one=one, because="The reason no longer holds.")
    assert shown() == (False, False, False)


def test_who_settles_a_school_while_it_is_held_back_says_why(addresses: Any, lead: Any, schools: Any, browser_of: Any) -> None:
    meeting, at = addresses
    write(the_door(), gaps={"points": WIDE})
    item, browser = meeting.items.get(school=schools[0]), browser_of(lead)
    given = {"tier": item.evidence.proposed, "reason": "", "began_from": "0"}
    assert browser.post(at["meeting"], given).status_code == 422, "else the form would tell what is proposed"
    assert browser.post(at["meeting"], {**given, "reason": "We know the school."}).status_code == 302


def test_signing_off_is_done_by_who_may_with_reason_and_end_and_is_in_the_audit(lead: Any, person: Any, browser_of: Any) -> None:
    test = write(the_door(), gaps={"points": WIDE})
    where, browser = f"{PAGE}{test}/sign-off/", browser_of(lead)
    adviser = browser_of(person(Role.ADVISER, email="a@example.org"))
    page = adviser.get(PAGE).content.decode()
    assert "90% of the falls among small schools were missed, 50% among all others" in page and "Answer for it" not in page
    assert adviser.post(where, {"reason": REASON, "until": "2027-01-01", "once": "x"}).status_code == 403
    for bad in ({"reason": ""}, {"until": str(clock.today())}, {"until": str(clock.today() + timedelta(400))}):
        answer = browser.post(where, {"reason": REASON, "until": str(clock.today() + timedelta(30)), "once": "x", **bad})
        assert answer.status_code == 422 and (REASON in answer.content.decode() or "reason" in bad)
    assert not SignOff.objects.exists()
    given = {"reason": REASON, "until": str(clock.today() + timedelta(30)), "once": "x"}
    another = given | {"reason": f"{REASON} Once more."}
    answers = [browser.post(where, one).status_code for one in (given, given, another)]
    assert answers == [302, 302, 404], "sent twice it is written once; what is signed is not signed again"
    assert browser.post(f"{PAGE}{'0' * 64}/sign-off/", given).status_code == 404
    one = SignOff.objects.get()
    assert (one.scheme, one.test, one.snapshot, one.by) == (scheme_named(the_door()).id, test, the_door().published.id, lead.label)
    event = Event.objects.get(verb="signed off")
    assert test in str(event.after) and REASON not in str(event.after)
    page = adviser.get(PAGE).content.decode()
    assert REASON in page and "Signed off until" in page
    assert adviser.post(f"{PAGE}sign-offs/{one.pk}/withdraw/", {"because": "x"}).status_code == 403
    assert browser.post(f"{PAGE}sign-offs/{one.pk}/withdraw/", {"because": ""}).status_code == 422
    assert browser.post(f"{PAGE}sign-offs/{one.pk}/withdraw/", {"because": "It no longer holds."}).status_code == 302
    assert "It no longer holds." in adviser.get(PAGE).content.decode() and Event.objects.filter(verb="withdrew").count() == 1
    assert Permission.SIGN_OFF_TIERS in Role.HEAD_OF_SCHOOL_IMPROVEMENT.permissions


def test_a_test_without_gap_or_too_small_holds_nothing_back_and_cannot_be_signed(lead: Any) -> None:
    test = write(the_door(), gaps={"points": None})
    assert queries.standing_of(the_door(), scheme_named(the_door()).id).state == "too_few"
    with pytest.raises(HeadwayError, match="no gap"):
        signed(lead, test)
    gap = write(the_door(), gaps={"points": WIDE}, day=2)
    signed(lead, gap)
    again = write(the_door(), gaps={"points": WIDE}, day=3)
    assert queries.standing_of(the_door(), scheme_named(the_door()).id).state == "held", "a newer test is another thing to answer for"
    signed(lead, again, once="p")
    assert queries.standing_of(the_door(), scheme_named(the_door()).id).state == "signed"


def test_the_second_opinion_stands_beside_the_points_and_is_held_back_by_itself(
    addresses: Any, lead: Any, schools: Any, browser_of: Any
) -> None:
    _, at = addresses
    urn, browser = schools[0].pk, browser_of(lead)
    opinion = {"day": "2026-11-01", "taught_on": "2018-10-01", "taught_until": "2021-09-01", "units": 900, "fell": 120, "good": True,
               "schools": {"1": [0.4, []], str(urn): [0.23, ["Results low"]]}}  # fmt: skip
    write(the_door(), gaps={"points": None, "second_opinion": None}, opinion=opinion)
    page = browser.get(at["meeting"]).content.decode()
    assert "a chance of 23 in 100" in page and "number 2 from the highest of 2" in page and "Results low" in page and "Accept: " in page
    write(the_door(), gaps={"second_opinion": None}, opinion=opinion | {"good": False}, day=2)
    page = browser.get(at["meeting"]).content.decode()
    assert "a chance of" not in page and "only the order is told" in page
    test = write(the_door(), gaps={"second_opinion": WIDE}, opinion=opinion, day=3)
    page = browser.get(at["meeting"]).content.decode()
    assert "23 in 100" not in page and "held back for the same cause" in page and "Accept: " in page, "the points go on"
    signed(lead, test)
    assert "a chance of 23 in 100" in browser.get(at["meeting"]).content.decode()


def test_a_sign_off_without_reason_or_half_withdrawn_is_refused_by_the_database(lead: Any) -> None:
    one = signed(lead, write(the_door(), gaps={"points": WIDE}))
    for fault in ({"reason": ""}, {"withdrawn": clock.now()}, {"withdrawn_by": "user:1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignOff.objects.filter(pk=one.pk).update(**fault)


def test_commands_refuse_with_the_gap_or_tell_it_openly(lead: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = the_door()
    scheme = scheme_named(door)
    assert "not tested for fairness" in tier_gate.told_openly(door, scheme, False)
    test = write(door, gaps={"points": WIDE})
    from headway.site import running

    monkeypatch.setattr(running, "tier_gaps_signed", lambda home, name: queries.standing_of(door, name))
    with pytest.raises(HeadwayError, match="held back") as refused:
        tier_gate.told_openly(door, scheme, False)
    assert "90% of the falls among small schools" in refused.value.why
    assert "HELD BACK" in tier_gate.told_openly(door, scheme, True)
    for words in (["propose"], ["explain", str(door.library and next(iter(of_authority(door, "150"))))], ["compare", scheme.id, scheme.id]):
        answer = CliRunner().invoke(app, ["tiers", *words, "--home", str(home)])
        assert isinstance(answer.exception, HeadwayError) and answer.exception.code == "H-USAGE-122", words
    signed(lead, test)
    assert "somebody has answered" in tier_gate.told_openly(door, scheme, False)


def test_a_test_that_was_altered_on_disk_counts_for_nothing_and_says_so(home: Path) -> None:
    write(the_door(), gaps={"points": WIDE})
    [path] = (home / keeping.FOLDER).glob("*.json")
    path.write_text(path.read_text().replace("0.9", "0.6"))
    the_door().kept.pop(keeping.FOLDER, None)
    with pytest.raises(HeadwayError, match="not what was written"):
        keeping.kept_tests(the_door())


def test_the_page_of_a_test_kept_before_all_of_it_was_opens_and_says_so(lead: Any, browser_of: Any) -> None:
    test = write(the_door(), gaps={"points": WIDE})
    [path] = (the_door().home / keeping.FOLDER).glob("*.json")
    told = json.loads(path.read_text())
    [told.pop(one) for one in ("id", "made")]
    old = told | {"form": 1}
    path.write_text(json.dumps({"id": keeping._digest(old), "made": "2026-11-01T00:00:00+00:00", **old}))
    the_door().kept.pop(keeping.FOLDER, None)
    [kept] = keeping.kept_tests(the_door())
    assert kept.id != test and kept.found is None and kept.gaps
    page = browser_of(lead).get(f"/support/tested/{kept.id}/").content.decode()
    assert "100 of 1,000" not in page and "101 of 1,000 schools whose outcome is known fell" in page and "was not kept" in page
    assert "90% of the falls among small schools" in page and "not kept" in browser_of(lead).get("/support/tested/").content.decode()


def test_the_page_of_a_kept_test_tells_what_was_found_and_an_adviser_reads_of_their_own_schools(
    home: Path, person: Any, browser_of: Any
) -> None:
    ours = [one for one in of_authority(open_door(home), "150").values() if one.status == "open" and one.phase == "primary"]
    found, kept = keeping.keep(the_door(), Asked(date(2019, 10, 1), date(2024, 8, 31)))
    assert kept.found is not None and replace(kept.found, schools=()) == replace(found, schools=())
    own = {one.urn for one in kept.found.schools}
    assert own and own <= set(of_authority(open_door(home), "150")) and all(one in found.schools for one in kept.found.schools)
    lead = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"))
    patch = next(one.urn for one in ours if one.urn in own)
    adviser = browser_of(person(Role.ADVISER, email="a@example.org", urns=[patch]))
    assert seen_sentence(found) in lead.get("/support/tested/").content.decode()
    where = f"/support/tested/{kept.id}/"
    page = lead.get(where).content.decode()
    held = queries.standing_of(the_door(), kept.scheme).holds_back()
    assert seen_sentence(found) in page and beside_sentence(found) in page and SURVIVAL in page and "What would it cost?" in page
    assert (own_sentence(area_of(the_door())[1], kept.found.schools) in page) is not held
    for part, lines in (
        ("thresholds", len(found.frontier)),
        ("ways", len(found.ranked)),
        ("groups", len(found.groups)),
        ("schools", len(own)),
    ):
        rows = list(csv.reader(io.StringIO(lead.get(f"{where}{part}.csv").content.decode("utf-8-sig"))))
        assert len(rows) == lines + 1, part
    assert lead.get(f"{where}ways.xlsx").status_code == 200
    write(the_door(), gaps={"points": WIDE}, day=29)
    rows = list(csv.DictReader(io.StringIO(lead.get(f"{where}schools.csv").content.decode("utf-8-sig"))))
    assert {(row["Tier proposed"], row["Points"]) for row in rows} == {("held back", "held back")}
    assert own_sentence(area_of(the_door())[1], kept.found.schools) not in lead.get(where).content.decode()
    assert [one.urn for one in testing.lines_of(User.objects.get(email="a@example.org"), kept.found)] == [patch]
    assert adviser.get(where).status_code == 200 and lead.get(f"/support/tested/{'0' * 64}/").status_code == 404


def test_what_is_kept_is_what_was_found_and_one_authority_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.readings.tier_backtest import opinion

    monkeypatch.setattr(opinion, "FEWEST", 5)  # the example of the tests is small
    door = open_door(home)
    found, kept = keeping.keep(door, Asked(date(2019, 10, 1), date(2024, 8, 31), taught_on=date(2015, 10, 1)))
    assert kept.gaps == found.gaps and kept.fell == found.fell and keeping.kept_tests(door) == (kept,)
    assert {one.way for one in kept.gaps} == {"points", "second_opinion"}
    assert kept.opinion is not None and kept.opinion.day == clock.today()
    ours = of_authority(door, "150")
    assert set(kept.opinion.schools) <= set(ours) and kept.opinion.schools
    places = sorted(kept.opinion.schools.values(), key=lambda one: one.place)
    assert [one.chance for one in places] == sorted((one.chance for one in places), reverse=True)
    with pytest.raises(HeadwayError, match="one authority"):
        keeping.keep(door, Asked(date(2019, 10, 1), date(2024, 8, 31), authority="150"))
