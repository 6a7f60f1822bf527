"""An officer's week through the pages: what each role sees, what is written down, and what never is."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.accounts.queries import viewer_for
from headway.desk.attendance import actions, legal_actions, queries, rules
from headway.desk.attendance.models import Consideration, Entry, Meeting, Notice, Plan, Return, Step
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.expectation import expectation
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.schools import schools
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CANARY = "Wilhelmina Canary"
ME = Viewer("me", sees_pupils=True)


@pytest.fixture(scope="module")
def home(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example area with its registers: a copy, for looks are written down in it."""
    copied = tmp_path_factory.mktemp("attendance") / "area"
    shutil.copytree(example, copied)
    return copied


@pytest.fixture
def found(home: Path, settings: Any) -> Morning:
    """Monday of the whole area; the desk knows its schools."""
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    made = morning(open_door(home), ME)
    for one in made.sending:
        if one.last:
            Establishment.objects.get_or_create(urn=one.urn, defaults={"name": one.school, "status": "open", "authority": "150"})
    return made


@pytest.fixture
def people(found: Morning, person: Any) -> dict[str, Any]:
    own, other = found.schools[0].urn, found.schools[1].urn
    return {
        "officer": person(Role.ATTENDANCE_OFFICER, email="o@example.org"),
        "head": person(Role.HEADTEACHER, urns={own}, email="h@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={other}, email="e@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "governor": person(Role.GOVERNOR, urns={own}, email="g@example.org"),
    }


def pupil_of(found: Morning, kind: str, urn: int = 0) -> Any:
    return next(one for one in found.watched if one.kind == kind and (not urn or one.urn == urn))


def page(browser: Any, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def everything_kept() -> str:
    """All that the database holds of attendance, as a thief of it would read."""
    rows = [str(vars(row)) for model in (Plan, Entry, Consideration, Notice, Return, Step, Meeting, Event) for row in model.objects.all()]
    return "".join(rows)


def test_monday_is_worked_out_at_the_load_and_kept_privately(home: Path, found: Morning) -> None:
    kept = list((home / "registers").glob("morning-*.json"))
    assert len(kept) == 1
    assert kept[0].stat().st_mode & 0o777 == 0o600
    told = kept[0].read_text()
    named = numbers(open_door(home), ME, [one.key for one in found.watched[:20]])
    assert named
    assert not [number for number in named.values() if number in told]  # keys only
    assert [fall for fall in found.falls if fall.year_group == "4" and fall.marks[0][0] == "illness"]  # the outbreak that was made up


def test_the_total_is_the_sum_of_the_schools_and_each_is_what_the_summary_says(home: Path, found: Morning) -> None:
    from headway.readings.attendance.summary import Asked, summary

    lines = {int(line.labels["school"]): line for line in summary(open_door(home), ME, Asked(by=("school",), last_year=True)).lines}
    assert {one.urn: (one.counts, one.before) for one in found.schools} == {urn: (line.counts, line.before) for urn, line in lines.items()}
    told = schools(open_door(home), ME)
    assert told.total.enrolments == sum(one.counts.enrolments for one in found.schools)


def test_who_may_not_see_pupils_gets_counts_and_none_of_few(home: Path, found: Morning) -> None:
    told = schools(open_door(home), Viewer("adviser"))
    assert {one.urn for one in told.lines} == {one.urn for one in found.sending}
    for line in told.lines:
        for name in ("persistent", "severe"):
            many = line.rates.count(name) if line.rates else None
            assert many is None or many == 0 or many >= 6
    for viewer in (None, PUBLIC, Viewer("")):
        with pytest.raises(HeadwayError, match="H-ACCESS-47"):
            schools(open_door(home), viewer)


def test_each_role_sees_what_it_may(found: Morning, people: Any, browser_of: Any) -> None:
    severe, own = pupil_of(found, "severe"), found.schools[0].urn
    sign = rules.pseudonym(severe.key)
    assert sign in page(browser_of(people["officer"]), "/attendance/?pupils=all")
    for who in ("adviser", "governor"):
        told = page(browser_of(people[who]), "/attendance/")
        assert "Severely absent, and no plan" not in told
        assert "/pupils/" not in told
        assert browser_of(people[who]).get(f"/schools/{own}/attendance/pupils/").status_code == 403
    head = page(browser_of(people["head"]), "/attendance/")
    assert {one for one in found.watched if one.urn != own and rules.pseudonym(one.key) in head} == set()
    pupil = pupil_of(found, "persistent", own)
    address = f"/schools/{own}/attendance/pupils/{pupil.key}/"
    assert browser_of(people["head"]).get(address).status_code == 200
    assert browser_of(people["elsewhere"]).get(address).status_code == 404
    other = found.schools[1].urn
    assert browser_of(people["elsewhere"]).get(f"/schools/{other}/attendance/pupils/{pupil.key}/").status_code == 404  # not its pupil


def test_numbers_are_shown_on_asking_and_the_look_is_an_event(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    severe = pupil_of(found, "severe")
    number = numbers(open_door(home), ME, [severe.key])[severe.key]
    officer = browser_of(people["officer"])
    assert number not in page(officer, "/attendance/?pupils=all")
    assert number in page(officer, "/attendance/?pupils=all&numbers=1")
    events = list(Event.objects.filter(target="registers"))
    assert {"monday", "numbers of pupils"} <= {one.target_id for one in events}
    assert number not in "".join(one.after for one in events)
    assert numbers(open_door(home), viewer_for(people["elsewhere"]), [severe.key]) == {}
    assert list(verify()) == []


def test_a_plan_takes_a_pupil_off_mondays_list_and_nothing_of_it_is_kept_in_clear(found: Morning, people: Any, browser_of: Any) -> None:
    officer, severe = browser_of(people["officer"]), pupil_of(found, "severe")
    address = f"/schools/{severe.urn}/attendance/pupils/{severe.key}/plan/"
    today = clock.today()
    form = {"kind": "voluntary", "lead": CANARY, "barriers": ["anxiety"], "agreed": CANARY, "begins": str(today), "review_by": str(today)}
    refused = officer.post(address, form)
    assert refused.status_code == 422
    assert CANARY in refused.content.decode()  # what was typed comes back
    assert officer.post(address, form | {"review_by": str(today + timedelta(28))}).status_code == 302
    plan = Plan.objects.get()
    assert address not in page(officer, "/attendance/?pupils=all")
    told = page(officer, f"/attendance/plans/{plan.pk}/")
    assert CANARY in told
    assert CANARY not in everything_kept()
    entry = {"kind": "review", "day": str(today), "text": "Better", "review_by": str(today + timedelta(56))}
    assert officer.post(f"/attendance/plans/{plan.pk}/", entry).status_code == 302
    assert Plan.objects.get().review_by == today + timedelta(56)
    again = officer.post(address, form | {"review_by": str(today + timedelta(28))}).content.decode()
    assert "has an open plan" in again
    assert officer.post(f"/attendance/plans/{plan.pk}/end/", {"outcome": "improved"}).status_code == 302
    assert "Plan ended" in page(officer, "/attendance/?pupils=all")


def test_an_honest_action_takes_a_flag_down(found: Morning, people: Any, browser_of: Any) -> None:
    officer, fall = browser_of(people["officer"]), found.falls[0]
    address = f"/schools/{fall.urn}/attendance/clear/fall/{fall.year_group}/"
    assert address in page(officer, "/attendance/")
    assert officer.post(address, {"did": "called", "text": CANARY}).status_code == 302
    told = page(officer, "/attendance/")
    assert address not in told
    assert "called since" in told
    assert CANARY not in everything_kept()


def test_a_meeting_from_offer_to_actions_closed_by_the_school(found: Morning, people: Any, browser_of: Any) -> None:
    officer, head, own = browser_of(people["officer"]), browser_of(people["head"]), found.schools[0].urn
    today = clock.today()
    where = officer.post(f"/schools/{own}/attendance/meeting/", {"day": ""}).url
    assert officer.post(f"{where}day/", {"day": str(today), "begins": "09:30"}).status_code == 302
    held = {"day": str(today), "note": CANARY, "next_by": str(today + timedelta(90)), "what1": "Ring on the first day", "owner1": "school"}
    faulty = officer.post(f"{where}held/", held)
    assert faulty.status_code == 422
    assert "Give the day by which it is done" in faulty.content.decode()
    assert officer.post(f"{where}held/", held | {"due1": str(today + timedelta(9))}).status_code == 302
    one = Meeting.objects.get()
    assert one.state == "held"
    assert CANARY not in everything_kept()
    assert "Targeting support meeting" in queries.text_of(one.agenda["paper"])  # frozen as it was known
    told = page(head, where)
    assert "Ring on the first day" in told
    assert CANARY in told
    governor = page(browser_of(people["governor"]), where)
    assert CANARY not in governor
    action = one.actions.get()
    assert head.post(f"/attendance/meetings/actions/{action.pk}/close/", {"because": "Done since Monday"}).status_code == 302
    assert officer.post(f"{where}declined/", {"because": "Late"}).status_code == 422  # it was held: said, and nothing changes
    assert Meeting.objects.get().state == "held"
    assert browser_of(people["elsewhere"]).get(where).status_code == 404


def threshold(found: Morning, provisional: bool = False) -> Any:
    return next(one for one in found.met if one.provisional is provisional and one.age_known)


def considered(people: Any, one: Any, decision: str = "notice") -> Consideration:
    return legal_actions.consider(
        by=people["officer"], school=Establishment.objects.get(pk=one.urn), pupil=one.key, first_met=one.first_met, sessions=[],
        provisional=False, known={"on": "today"}, support=[], decision=decision, reason="Because",
    )  # fmt: skip


def test_a_threshold_is_considered_with_its_sessions_and_two_notices_are_the_most(found: Morning, people: Any, browser_of: Any) -> None:
    officer, one = browser_of(people["officer"]), threshold(found)
    address = f"/schools/{one.urn}/attendance/pupils/{one.key}/consider/"
    assert officer.post(address, {"decision": "notice", "reason": CANARY}).status_code == 422  # whose parent?
    for decision in ("notice", "improve"):  # support comes first, or the reason why there was none
        short = officer.post(address, {"decision": decision, "reason": CANARY, "parent": "FAM-1"})
        assert short.status_code == 422 and "Nothing is written down that was tried first" in short.content.decode()
    why = f"{CANARY}: no visit and no letter was answered by anybody at home since the summer."
    where = officer.post(address, {"decision": "notice", "reason": why, "parent": "FAM-1"}).url
    first = Consideration.objects.get()
    assert len(first.sessions) == 10
    assert CANARY in page(officer, where)
    assert CANARY not in everything_kept()
    today = clock.today()
    assert officer.post(f"{where}issue/", {"parent": "FAM-1", "issued": str(today)}).status_code == 302
    notice = Notice.objects.get()
    assert (notice.number, notice.pounds, notice.pounds_if_early) == (1, 160, 80)
    assert notice.early_until == today + timedelta(21)
    assert "FAM-1" not in everything_kept()
    second = considered(people, one)
    assert officer.post(f"/attendance/notices/{second.pk}/issue/", {"parent": "fam-1", "issued": str(today)}).status_code == 302
    assert (Notice.objects.last().number, Notice.objects.last().pounds_if_early) == (2, None)
    third = considered(people, one)
    refused = officer.post(f"/attendance/notices/{third.pk}/issue/", {"parent": "FAM-1", "issued": str(today)})
    assert refused.status_code == 422
    assert "No third may be issued" in refused.content.decode()
    assert (
        officer.post(f"/attendance/notices/issued/{notice.pk}/", {"act": "withdrawn", "because": "Illness was proven"}).status_code == 302
    )
    assert (
        officer.post(f"/attendance/notices/{third.pk}/issue/", {"parent": "FAM-1", "issued": str(today)}).status_code == 302
    )  # withdrawn: no count


def test_a_provisional_threshold_leads_to_no_notice(found: Morning, people: Any, browser_of: Any) -> None:
    one, officer = threshold(found, provisional=True), browser_of(people["officer"])
    address = f"/schools/{one.urn}/attendance/pupils/{one.key}/consider/"
    refused = officer.post(address, {"decision": "notice", "reason": "Now", "parent": "FAM-2"})
    assert refused.status_code == 422
    assert "may yet be established" in refused.content.decode()
    assert officer.post(address, {"decision": "support", "reason": "Early help first"}).status_code == 302


def test_a_return_from_a_head_has_its_clock_and_keeps_no_number(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    head, own = browser_of(people["head"]), found.schools[0].urn
    pupil = pupil_of(found, "persistent", own)
    number = numbers(open_door(home), ME, [pupil.key])[pupil.key]
    form = {"kind": "addition", "number": "NOBODY-1", "happened": str(clock.today()), "text": CANARY}
    refused = head.post(f"/schools/{own}/attendance/return/", form)
    assert refused.status_code == 422
    assert "hold no pupil with this number" in refused.content.decode()
    assert head.post(f"/schools/{own}/attendance/return/", form | {"number": number.lower()}).status_code == 302
    one = Return.objects.get()
    assert one.pupil == pupil.key
    assert one.due > one.happened
    assert number not in everything_kept()
    assert CANARY not in everything_kept()
    officer = browser_of(people["officer"])
    assert f"/attendance/returns/{one.pk}/" in page(officer, "/attendance/")
    assert head.post(f"/attendance/returns/{one.pk}/", {"outcome": "known"}).status_code == 404  # the team looks at it
    assert officer.post(f"/attendance/returns/{one.pk}/", {"outcome": "known"}).status_code == 302
    assert browser_of(people["elsewhere"]).get(f"/attendance/returns/{one.pk}/").status_code == 404


def test_a_step_without_support_asks_why_and_keeps_what_was_tried(found: Morning, people: Any, browser_of: Any) -> None:
    officer, pupil = browser_of(people["officer"]), pupil_of(found, "severe")
    address = f"/schools/{pupil.urn}/attendance/pupils/{pupil.key}/step/"
    form = {"kind": "prosecution", "day": str(clock.today()), "reason": "Now"}
    refused = officer.post(address, form)
    assert refused.status_code == 422
    assert "tried first" in refused.content.decode()
    day = clock.today() - timedelta(40)
    actions.begin_plan(
        by=people["officer"],
        school=Establishment.objects.get(pk=pupil.urn),
        pupil=pupil.key,
        kind="formal",
        lead="x",
        barriers=[],
        begins=day,
        review_by=day + timedelta(28),
        part_time_until=None,
        agreed="A morning routine",
    )
    where = officer.post(address, form).url
    assert [item["what"] for item in Step.objects.get().support] == ["Formal support plan begun", "What was agreed, in the plan"]
    assert "statutory" in page(officer, where)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_papers_are_taken_away_and_hold_no_number(form: str, home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer, one = browser_of(people["officer"]), threshold(found)
    base = f"/schools/{one.urn}/attendance/"
    for address in (f"{base}pupils/{one.key}/evidence.{form}", f"{base}agenda.{form}", f"/attendance/digest.{form}"):
        answer = officer.get(address)
        assert answer.status_code == 200, address
        assert answer.content[:2] == (b"PK" if form == "docx" else b"%P")


def test_tables_as_seen(found: Morning, people: Any, browser_of: Any) -> None:
    officer = browser_of(people["officer"])
    lines = officer.get("/attendance/schools.csv?sort=attendance").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(found.sending)
    sent = [float(line.split(",")[4]) for line in lines[1 : 1 + len(found.schools)]]
    assert sent == sorted(sent)
    own = found.schools[0].urn
    assert officer.get(f"/schools/{own}/attendance.csv").status_code == 200
    assert officer.get("/attendance/cases.csv").content.decode("utf-8-sig").startswith("kind,id,urn,school,pupil_key")
    assert browser_of(people["adviser"]).get("/attendance/cases.csv").status_code == 403


def test_a_shock_stands_on_the_chart_of_its_school_only(found: Morning, people: Any, browser_of: Any) -> None:
    officer, (own, other) = browser_of(people["officer"]), [one.urn for one in found.schools[:2]]
    days = {"begins": str(found.data_to - timedelta(20)), "ends": str(found.data_to - timedelta(18))}
    assert officer.post("/attendance/shocks/", {"kind": "flood", "title": "Burst main", "urns": f"{own} 1", **days}).status_code == 422
    assert officer.post("/attendance/shocks/", {"kind": "flood", "title": "Burst main", "urns": str(own), **days}).status_code == 302
    assert "Burst main" in page(officer, f"/schools/{own}/attendance/")
    assert "Burst main" not in page(officer, f"/schools/{other}/attendance/")


def test_before_registers_are_held_the_page_says_how_they_come_in(
    people: Any, browser_of: Any, home: Path, tmp_path: Path, settings: Any
) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(home, bare, ignore=shutil.ignore_patterns("registers"))
    settings.HEADWAY = replace(settings.HEADWAY, home=bare)
    told = page(browser_of(people["officer"]), "/attendance/")
    assert "headway attendance load" in told


def test_every_factor_of_the_expectation_is_visible_and_they_add_up(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    own = found.schools[0].urn
    told = expectation(open_door(home), own)
    assert told is not None
    assert told.mean + sum(one.points for one in told.factors) == pytest.approx(told.expected)
    assert told.lower < told.expected < told.upper
    shown = page(browser_of(people["governor"]), f"/schools/{own}/attendance/")
    assert all(one.title in shown for one in told.factors)
    assert "no cause" in shown


def test_a_head_shares_the_departments_expectation(found: Morning, people: Any, browser_of: Any) -> None:
    head, own = browser_of(people["head"]), found.schools[0].urn
    address = f"/schools/{own}/attendance/expectation/"
    assert head.post(address, {"year": "2026", "figure": "940"}).status_code == 422
    assert head.post(address, {"year": "2026/27", "figure": "94.1"}).status_code == 302
    assert "94.1%" in page(browser_of(people["adviser"]), f"/schools/{own}/attendance/")
    assert browser_of(people["governor"]).get(address).status_code == 403
    assert browser_of(people["elsewhere"]).get(address).status_code == 404


def test_every_figure_leads_to_what_it_rests_on(found: Morning, people: Any, browser_of: Any) -> None:
    officer, own = browser_of(people["officer"]), found.schools[0].urn
    counts = found.schools[0].counts
    for address in ("/attendance/?all=1", f"/schools/{own}/attendance/"):
        told = page(officer, address)
        assert all(f'/schools/{own}/attendance/proof/#{name}"' in told for name in ("attendance", "persistent", "unauthorised")), address
    proved = page(officer, f"/schools/{own}/attendance/proof/")
    assert f"{counts.attended:,} sessions attended of {counts.possible:,} possible" in proved
    assert all(f'id="{name}"' in proved for name in ("attendance", "persistent", "severe", "unauthorised", "change", "codes", "differs"))
    area = page(officer, "/attendance/proof/")
    assert f"{sum(one.counts.attended for one in found.schools):,} sessions attended" in area
    assert 'id="codes"' not in page(browser_of(people["adviser"]), f"/schools/{own}/attendance/proof/")
    rows = officer.get(f"/schools/{own}/attendance/proof.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith(f"Figure,Attendance,{counts.attended / counts.possible * 100:.4f}"[:24])
    assert browser_of(people["elsewhere"]).get(f"/schools/{own}/attendance/proof/").status_code == 404
    theirs = browser_of(people["governor"]).get(f"/schools/{own}/attendance/proof.csv").content.decode("utf-8-sig")
    assert theirs.startswith("What,Which")
    assert "\nCode," not in theirs


def test_what_waits_is_of_this_year_and_may_be_of_one_school(found: Morning, people: Any, browser_of: Any) -> None:
    officer, begun = browser_of(people["officer"]), AcademicYear.parse(found.year).first_day
    this_year = found.met.since(begun)
    assert 0 < len(this_year) < len(found.met)  # the example has two years
    told = page(officer, "/attendance/notices/")
    assert f"{len(this_year):,} thresholds met in {found.year} wait" in told and f"({len(found.met) - len(this_year):,} before)" in told
    assert f"{len(found.met):,} thresholds met in all years held wait" in page(officer, "/attendance/notices/?years=all")
    urn, name, many = this_year.by_school()[0]
    assert many == sum(one.urn == urn for one in this_year) and name == this_year.of_schools([urn])[0].school
    of_one = page(officer, f"/attendance/notices/?school={urn}")
    assert of_one.count('data-label="Met on"') == min(many, 50) == of_one.count(f'data-label="School">{name}')
    assert page(officer, "/attendance/notices/?school=1").count('data-label="Met on"') == 0
