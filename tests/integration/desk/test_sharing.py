"""What goes to partners and until when; rights of families, which the one door obeys on pages and at the command line."""

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headway.cli.main import app
from headway.desk.accounts.permissions import Role
from headway.desk.attendance import actions, queries, rules, sharing_actions
from headway.desk.attendance.models import Entry, RightAsked, Shared
from headway.desk.audit.models import Event
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.morning import morning
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.rights import OBJECTED, RESTRICTED, set_right
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer
from tests.integration.desk.test_attendance import CANARY, found, home, page, people, pupil_of

__all__ = ["found", "home", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ME = Viewer("me", sees_pupils=True)


@pytest.fixture(autouse=True)
def nothing_stands(home: Path) -> Any:
    """The registers are the module's: what a test granted is lifted after it, and area.yaml is as it was."""
    kept = (home / "area.yaml").read_text()
    yield
    (home / "area.yaml").write_text(kept)
    (home / "registers" / "rights" / "rights.json").unlink(missing_ok=True)


def named(home: Path, *parties: dict[str, Any]) -> None:
    told = (home / "area.yaml").read_text()
    (home / "area.yaml").write_text(
        told + "papers:\n  parties: " + json.dumps(parties, default=str).replace('"DAY', "").replace('YAD"', "") + "\n"
    )


def given(until: Any, **more: Any) -> dict[str, Any]:
    return {
        "party": "Early help",
        "purpose": "A family worker",
        "basis": "consent",
        "what": ["attendance", "tried"],
        "until": str(until),
    } | more


def test_a_referral_is_kept_as_it_went_until_its_day_and_then_read_by_nobody(found: Morning, people: Any, browser_of: Any) -> None:
    officer, one, today = browser_of(people["officer"]), pupil_of(found, "severe"), clock.today()
    school = Establishment.objects.get(pk=one.urn)
    actions.begin_plan(by=people["officer"], school=school, pupil=one.key, kind="formal", lead=CANARY, barriers=["anxiety"], begins=today,
                       review_by=today + timedelta(28), part_time_until=None, agreed="")  # fmt: skip
    address = f"/schools/{one.urn}/attendance/pupils/{one.key}/referral/"
    late = officer.post(address, given(today + timedelta(400)))
    assert late.status_code == 422
    assert "half a year" in late.content.decode()
    where = officer.post(address, given(today + timedelta(30))).url
    shared = Shared.objects.get()
    told = page(officer, where)
    assert "sessions of" in told
    assert CANARY not in told  # who leads was not to go
    assert "anxiety" not in told.lower()
    assert Entry.objects.filter(kind="referred").count() == 1
    assert "sessions of" not in shared.sealed
    assert "Early help" in page(officer, "/attendance/shared/")
    assert "Shared with Early help" in page(officer, f"/schools/{one.urn}/attendance/pupils/{one.key}/")
    Shared.objects.update(until=today - timedelta(1))
    ended = page(officer, where)
    assert "H-ACCESS-49" in ended
    assert "sessions of" not in ended
    assert officer.post(f"{where}destroyed/", {"said": "By mail"}).status_code == 302
    assert Shared.objects.get().sealed == ""
    assert "destroys what was shared" not in page(officer, "/attendance/")
    assert browser_of(people["head"]).get(where).status_code == 403
    events = "".join(one.after for one in Event.objects.filter(target="attendance of pupils"))
    assert one.key not in events


def test_a_list_goes_as_a_table_and_is_withdrawn(found: Morning, people: Any, browser_of: Any) -> None:
    officer, one, today = browser_of(people["officer"]), pupil_of(found, "persistent"), clock.today()
    many = sum(other.urn == one.urn and other.kind == "persistent" for other in found.watched)
    where = officer.post(f"/schools/{one.urn}/attendance/pupils/share/?kind=persistent", given(today + timedelta(30))).url
    assert Shared.objects.get().pupils.count() == many
    lines = officer.get(f"{where[:-1]}.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == many + 2
    assert "To be destroyed by" in lines[-1]
    assert officer.post(f"{where}withdraw/", {"because": "Not needed"}).status_code == 302
    assert officer.get(f"{where[:-1]}.csv").status_code == 404
    assert "Withdrawn on" in page(officer, where)


def test_only_parties_whose_agreement_holds_are_there_to_choose(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer, one, today = browser_of(people["officer"]), pupil_of(found, "severe"), clock.today()
    ends = today + timedelta(20)
    named(home, {"name": "Early help", "purposes": ["families"], "expires": f"DAY{ends}YAD"},
          {"name": "Old friends", "purposes": ["families"], "expires": "DAY2020-01-01YAD"})  # fmt: skip
    address = f"/schools/{one.urn}/attendance/pupils/{one.key}/referral/"
    told = page(officer, address)
    assert "Early help" in told
    assert "Old friends" not in told
    assert officer.post(address, given(ends + timedelta(1))).status_code == 422  # longer than the agreement
    assert officer.post(address, given(ends, party="Old friends")).status_code == 422
    assert officer.post(address, given(ends)).status_code == 302
    assert "over: nothing is read or shared" in page(officer, "/attendance/shared/")


def test_past_its_day_a_party_reads_nothing_and_others_read_on(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    named(home, {"name": "The schools", "roles": ["headteacher"], "purposes": ["own pupils"], "expires": "DAY2020-01-01YAD"})
    with pytest.raises(HeadwayError, match="H-ACCESS-48"):
        morning(open_door(home), Viewer("head", roles=frozenset({"headteacher"}), sees_pupils=True))
    both = Viewer("head", roles=frozenset({"headteacher", "attendance_officer"}), sees_pupils=True)
    assert morning(open_door(home), both).watched
    assert "The agreement with The schools is over" in page(browser_of(people["head"]), "/attendance/")
    assert "agreement with" not in page(browser_of(people["officer"]), "/attendance/")


def test_a_party_that_is_not_named_as_it_must_be_is_refused_with_every_fault(home: Path, found: Morning) -> None:
    named(home, {"name": " ", "purposes": [], "expires": "soon"})
    with pytest.raises(HeadwayError, match="H-ACCESS-40") as caught:
        morning(open_door(home), ME)
    assert all(word in str(caught.value) for word in ("name", "purposes", "expires"))


def test_an_objection_takes_the_pupil_out_of_early_warning_and_of_every_chance(
    home: Path, found: Morning, people: Any, browser_of: Any
) -> None:
    officer, today = browser_of(people["officer"]), clock.today()
    flag = found.ahead.raised[0].flag
    sign = rules.pseudonym(flag.key)
    where = officer.post(
        f"/schools/{flag.urn}/attendance/pupils/{flag.key}/right/",
        {"kind": "object", "asked_by": "parent", "received": str(today), "text": CANARY},
    ).url
    asked = RightAsked.objects.get()
    assert asked.due == rules.a_month_on(today)
    assert CANARY not in str(vars(asked))
    assert sign in page(officer, "/attendance/early/?all=1")  # asked for is not granted
    before = predicted(home)
    assert officer.post(where, {"granted": "yes", "reason": "Nothing against it"}).status_code == 302
    assert f"/pupils/{flag.key}/" not in page(officer, "/attendance/early/?all=1")
    assert {flag.key for flag in early(home)} & {flag.key} == set()
    after = predicted(home)
    assert {one["key"] for one in before} - {one["key"] for one in after} <= {flag.key}
    assert flag.key not in {one["key"] for one in after}
    assert "objected on" in page(officer, f"/schools/{flag.urn}/attendance/pupils/{flag.key}/")
    watched = {one.key for one in found.watched}
    assert {one.key for one in morning(open_door(home), ME).watched} == watched  # an objection is to what is foreseen
    assert officer.post(f"{where}lift/").status_code == 302
    assert flag.key in {flag.key for flag in early(home)}


def early(home: Path) -> list[Any]:
    return [one.flag for one in morning(open_door(home), ME).ahead.raised]


def predicted(home: Path) -> list[dict[str, Any]]:
    words = ["attendance", "early", "--show", "predicted", "--viewer", "me", "--format", "json", "--home", str(home)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    told: list[dict[str, Any]] = json.loads(result.stdout)
    return told


def test_a_restriction_takes_the_pupil_out_of_every_list_and_leaves_the_schools_total(home: Path, found: Morning) -> None:
    door, one = open_door(home), pupil_of(found, "severe")
    set_right(door, ME, one.key, RESTRICTED, stands=True)
    told = morning(door, ME)
    assert one.key not in {other.key for other in told.watched}
    assert told.schools == found.schools
    assert len(told.met) == len(found.met)  # what the law asks for stands
    words = ["attendance", "watch", "--viewer", "me", "--format", "json", "--home", str(home)]
    assert one.key not in {row["key"] for row in json.loads(CliRunner().invoke(app, words).stdout)}
    set_right(door, ME, one.key, RESTRICTED, stands=False)
    assert one.key in {other.key for other in morning(door, ME).watched}


def test_of_two_objections_one_that_is_lifted_leaves_the_other(home: Path, found: Morning, people: Any) -> None:
    flag, who = found.ahead.raised[0].flag, people["officer"]
    school, door = Establishment.objects.get(pk=flag.urn), open_door(home)
    asked = [
        sharing_actions.ask_right(by=who, school=school, pupil=flag.key, kind="object", asked_by="pupil", received=clock.today(), text="")
        for _ in range(2)
    ]
    for one in asked:
        sharing_actions.decide_right(by=who, door=door, viewer=ME, asked=one, granted=True, reason="x")
    sharing_actions.lift_right(by=who, door=door, viewer=ME, asked=asked[0])
    assert flag.key not in {one.key for one in early(home)}
    sharing_actions.lift_right(by=who, door=door, viewer=ME, asked=asked[1])
    assert flag.key in {one.key for one in early(home)}
    with pytest.raises(HeadwayError, match="H-DESK-01"):
        sharing_actions.lift_right(by=who, door=door, viewer=ME, asked=asked[1])


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_everything_that_is_held_is_a_paper(form: str, found: Morning, people: Any, browser_of: Any) -> None:
    one = pupil_of(found, "severe")
    answer = browser_of(people["officer"]).get(f"/schools/{one.urn}/attendance/pupils/{one.key}/held.{form}")
    assert answer.status_code == 200
    assert answer.content[:2] == (b"PK" if form == "docx" else b"%P")
    assert browser_of(people["head"]).get(f"/schools/{one.urn}/attendance/pupils/{one.key}/held.{form}").status_code == 403


def test_a_patch_sees_only_what_went_of_its_own_schools(found: Morning, people: Any, person: Any) -> None:
    pupils = [(Establishment.objects.get(pk=one.urn), one.key) for one in (pupil_of(found, "persistent", urn) for urn in
              [one.urn for one in found.schools[:2]])]  # fmt: skip
    until = clock.today() + timedelta(9)
    sharing_actions.share(by=people["officer"], pupils=pupils, party="Early help", purpose="x", basis="task", what=[], until=until,
                          numbered=False, page={"rows": []})  # fmt: skip
    patched = person(Role.ATTENDANCE_OFFICER, urns={pupils[0][0].pk}, email="patch@example.org")
    assert not queries.shared_for(patched).exists()
    assert queries.shared_for(people["officer"]).count() == 1


def test_a_month_is_a_month() -> None:
    from datetime import date

    days = [rules.a_month_on(date.fromisoformat(day)) for day in ("2026-01-31", "2026-12-05", "2028-01-30", "2026-11-26")]
    assert [str(day) for day in days] == ["2026-02-28", "2027-01-05", "2028-02-29", "2026-12-26"]


def test_objected_is_not_restricted(home: Path, found: Morning) -> None:
    door, one = open_door(home), pupil_of(found, "severe")
    set_right(door, ME, one.key, OBJECTED, stands=True)
    assert one.key in {other.key for other in morning(door, ME).watched}


def test_a_morning_stays_the_same_one_until_rights_change(home: Path, found: Morning) -> None:
    """What the desk keeps of a morning it keeps by which one it is."""
    door, one = open_door(home), pupil_of(found, "severe")
    set_right(door, ME, one.key, RESTRICTED, stands=True)
    first = morning(door, ME)
    assert morning(door, ME) is first
    set_right(door, ME, one.key, RESTRICTED, stands=False)
    assert one.key in {other.key for other in morning(door, ME).watched}


def test_what_came_after_support_stands_beside_schools_that_had_none(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    from headway.desk.attendance.models import Meeting
    from headway.readings.attendance.recovery import pupils_after, schools_after

    door, sending = open_door(home), [one.urn for one in found.schools]
    on = found.data_to - timedelta(35)
    for urn in sending[:2]:
        school = Establishment.objects.get(pk=urn)
        Meeting.objects.create(school=school, officer=people["officer"], state="held", offered=on, day=on, by="user:1")
    support = dict.fromkeys(sending[:2], on)
    told = schools_after(door, ME, support)
    assert {one.urn for one in told.schools} == set(sending[:2])
    assert told.together.reason.startswith("fewer than 5 schools")  # two are no evidence
    for one in told.schools:
        assert one.effect.reason or one.effect.low < one.effect.size < one.effect.high
    assert {one.urn for one in schools_after(door, ME, support, only=sending[0]).schools} == {sending[0]}
    page_told = page(browser_of(people["adviser"]), "/attendance/recovery/")
    assert "Association, not cause" in page_told
    assert "Pupils after a plan" not in page_told  # who may not see pupils
    assert "fewer than 10 plans" in page(browser_of(people["officer"]), "/attendance/recovery/")
    where = f"/attendance/meetings/{Meeting.objects.first().pk}/"  # type: ignore[union-attr]
    assert "Since the meeting" in page(browser_of(people["head"]), where)
    few = {(one.urn, one.key): on for one in found.watched[:3]}
    assert pupils_after(door, ME, few).together.reason.startswith("fewer than 10")
    assert schools_after(door, ME, dict.fromkeys(sending[:2], found.data_to)).too_early == 2


def test_each_kind_goes_to_the_case_system_safe_for_a_spreadsheet(found: Morning, people: Any, browser_of: Any) -> None:
    officer, one, today = browser_of(people["officer"]), pupil_of(found, "severe"), clock.today()
    school = Establishment.objects.get(pk=one.urn)
    meeting = actions.offer(by=people["officer"], school=school, officer=people["officer"], day=today, begins=None)
    agreed = [{"what": "=cmd()|'A1'", "owner": "school", "due": today}]
    actions.hold(by=people["officer"], meeting=meeting, day=today, agenda={}, note=CANARY, next_by=today + timedelta(90), agreed=agreed)
    actions.begin_plan(by=people["officer"], school=school, pupil=one.key, kind="formal", lead=CANARY, barriers=[], begins=today,
                       review_by=today + timedelta(28), part_time_until=None, agreed=CANARY)  # fmt: skip
    sharing_actions.share(by=people["officer"], pupils=[(school, one.key)], party="@SUM(1)", purpose="x", basis="task", what=[],
                          until=today + timedelta(9), numbered=False, page={"rows": []})  # fmt: skip
    told = officer.get("/attendance/cases.csv").content.decode("utf-8-sig")
    assert {line.split(",")[0] for line in told.splitlines()[1:]} == {"meeting", "action", "plan", "referral"}
    assert CANARY not in told
    cells = [cell for row in csv.reader(told.splitlines()) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    only = officer.get("/attendance/cases.csv?kind=plans").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in only] == ["kind", "plan"]
    assert officer.get("/attendance/cases.xlsx?kind=meetings").content[:2] == b"PK"
    assert officer.get("/attendance/cases.csv?kind=nothing").status_code == 404
    for address, kind in (
        ("meetings", "meetings"),
        ("plans", "plans"),
        ("notices", "notices"),
        ("returns", "returns"),
        ("shared", "referrals"),
    ):
        assert f"/attendance/cases.xlsx?kind={kind}" in page(officer, f"/attendance/{address}/")
    assert "cases.xlsx" not in page(browser_of(people["adviser"]), "/attendance/meetings/")
