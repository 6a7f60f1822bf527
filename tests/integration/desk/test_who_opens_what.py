"""Every address of the site × every role × a school of one's own and another's: who gets in, written out by hand."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from headway.api.described import OPERATIONS
from headway.desk.accounts.permissions import Role
from headway.desk.establishments.models import Establishment
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.groups import FEWEST, of_trust
from headway.site import sign_in
from tests.integration.desk.routes import routes

AREA = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER, Role.BOARD_CHAIR, Role.ANALYST, Role.ATTENDANCE_OFFICER, Role.ELECTED_MEMBER}
AREA |= {Role.SERVICE_OFFICER}
SCHOOL = AREA | {Role.HEADTEACHER, Role.GOVERNOR}
DATA = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER, Role.ANALYST, Role.ATTENDANCE_OFFICER}
EARLY = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER, Role.ANALYST, Role.HEADTEACHER}
AUDIT = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER}
STRATEGISTS = {Role.HEAD_OF_SCHOOL_IMPROVEMENT}
ACCOUNTS = {Role.ADMINISTRATOR}
EVERYBODY = set(Role)
SUPPORTS = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER, Role.ATTENDANCE_OFFICER}
SUPPORTED = SUPPORTS | {Role.HEADTEACHER, Role.GOVERNOR}
RETURNS = SUPPORTS | {Role.SERVICE_OFFICER}
TIERS = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER}
ATTENDS = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER, Role.ATTENDANCE_OFFICER, Role.HEADTEACHER, Role.GOVERNOR}
PUPILS, OFFICERS = {Role.ATTENDANCE_OFFICER, Role.HEADTEACHER}, {Role.ATTENDANCE_OFFICER}
ENGAGED = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER}
BROKERS = {Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER}
CONTRIBUTES = ENGAGED
OF_A_PATCH = {Role.HEADTEACHER, Role.GOVERNOR, Role.ADVISER}
# route → (address, who may open it); {own} is a school of the patch, {other} one of the area that is not
OPEN = {
    "home": ("/", EVERYBODY),
    "overview": ("/overview/", AREA),
    "schools": ("/schools/", SCHOOL),  # those of a patch list their own schools
    "schools_file": ("/schools/as-seen.csv", SCHOOL),
    "school": ("/schools/{own}/", SCHOOL),
    "school_file": ("/schools/{own}.csv", SCHOOL),
    "family": ("/schools/{own}/family/", SCHOOL),
    "family_file": ("/schools/{own}/family.csv", SCHOOL),
    "compare": ("/compare/?urn={own}&urn={other}", SCHOOL),  # published figures of any school
    "compare_file": ("/compare/as-seen.csv?urn={own}&urn={other}", SCHOOL),
    "explain_school": ("/schools/{own}/explain/ks2.rwm_expected/2018/", SCHOOL),
    "explain_place": ("/explain/england/E92000001/ks2.rwm_expected/2018/", SCHOOL),
    "calibration": ("/forecasts/", SCHOOL),
    "calibration_file": ("/forecasts.csv", SCHOOL),
    "forecast": ("/measures/ks2.rwm_expected/forecast/", SCHOOL),
    "measures": ("/measures/", SCHOOL),
    "measure": ("/measures/ks2.rwm_expected/", SCHOOL),
    "most_improved": ("/improved/", AREA),
    "standing": ("/measures/ks2.rwm_expected/places/", AREA),
    "improved": ("/measures/ks2.rwm_expected/improved/", AREA),
    "improved_file": ("/measures/ks2.rwm_expected/improved.csv?level=school", AREA),
    "measure_file": ("/measures/ks2.rwm_expected/schools.csv", AREA),
    "groups_file": ("/measures/ks2.rwm_expected/groups.csv", AREA),
    "parts_file": ("/measures/ks2.rwm_expected/parts.csv?by=town", AREA),
    "standing_file": ("/measures/ks2.rwm_expected/places.csv?level=school", AREA),
    "gaps_file": ("/measures/ks2.rwm_expected/gaps.csv", AREA),
    "value_added": ("/value-added/", EARLY),
    "map": ("/map/", AREA),
    "strategy:strategies": ("/strategy/", EVERYBODY),
    "strategy:new": ("/strategy/new/", STRATEGISTS),
    "visits:today": ("/support/", SUPPORTED),
    "visits:visits": ("/support/visits/", SUPPORTED),
    "visits:visits_file": ("/support/visits/as-seen.csv", SUPPORTED),
    "visits:log": ("/support/calls/new/?urn={own}", SUPPORTS),
    "visits:feed_page": ("/support/calendar/", RETURNS | SUPPORTED),
    "my_schools": ("/my-schools/", SUPPORTS),
    "my_day": ("/my-day/", SUPPORTS),
    "governing": ("/schools/{own}/governing/", SUPPORTED),
    "my_schools_file": ("/my-schools/as-seen.csv", SUPPORTS),
    "entitlements:ledger": ("/support/owed/", SUPPORTS),
    "entitlements:ledger_file": ("/support/owed/as-seen.csv", SUPPORTS),
    "entitlements:lines": ("/support/owed/lines/", SUPPORTS),
    "entitlements:lines_file": ("/support/owed/lines/as-seen.csv", SUPPORTS),
    "entitlements:advisers": ("/support/advisers/", SUPPORTS),
    "entitlements:advisers_file": ("/support/advisers/as-seen.csv", SUPPORTS),
    "entitlements:allocation": ("/support/allocation/", STRATEGISTS),
    "entitlements:costs": ("/support/costs/", AREA),
    "entitlements:costs_file": ("/support/costs/as-seen.csv", SUPPORTS),
    "entitlements:day_cost": ("/support/costs/day/", STRATEGISTS),
    "entitlements:offer": ("/support/offer/", SUPPORTED),
    "entitlements:orders_file": ("/support/offer/orders.csv", SUPPORTED),
    "entitlements:new_offer": ("/support/offer/new/", STRATEGISTS),
    "entitlements:of_school": ("/schools/{own}/owed/", SUPPORTED),
    "entitlements:enter": ("/schools/{own}/owed/new/", SUPPORTS),
    "entitlements:happened": ("/schools/{own}/owed/happened/", SUPPORTS),
    "entitlements:name": ("/schools/{own}/owed/named/", STRATEGISTS),
    "visits:of_school": ("/schools/{own}/visits/", SUPPORTED),
    "visitors": ("/schools/{own}/visitors/", RETURNS),
    "visits:come": ("/schools/{own}/visitors/new/", RETURNS),
    "visits:book": ("/schools/{own}/visits/new/", SUPPORTS),
    "visits:briefing": ("/schools/{own}/briefing/", SUPPORTED),
    "tiers:returns": ("/support/returns/", RETURNS),
    "day_one:returns": ("/support/day-one/returns/", RETURNS),
    "tiers:give": ("/support/returns/new/?urn={own}", RETURNS),
    "tiers:tiers": ("/support/tiers/", TIERS),
    "tiers:tiers_file": ("/support/tiers/as-seen.csv", TIERS),
    "tiers:waiting": ("/support/letters/", TIERS),
    "tiers:of_school": ("/schools/{own}/tiers/", TIERS),
    "moderation:move": ("/schools/{own}/tiers/move/", STRATEGISTS),
    "tiers:review": ("/schools/{own}/tiers/review/", TIERS),
    "tiers:ask": ("/schools/{own}/ask-for-help/", {Role.HEADTEACHER}),
    "tiers:wrong": ("/schools/{own}/tell-us/", {Role.HEADTEACHER}),
    "tiers:appeals": ("/support/appeals/", {Role.BOARD_CHAIR}),
    "held": ("/schools/{own}/held/", SUPPORTED),
    "story": ("/schools/{own}/story/", SUPPORTED),
    "ours": ("/schools/{own}/ours.zip", SUPPORTED),
    "everything": ("/schools/{own}/everything.zip", ENGAGED),
    "self_evaluation:listed": ("/support/self-evaluations/", TIERS),
    "self_evaluation:of_school": ("/schools/{own}/self-evaluation/", SUPPORTED),
    "self_evaluation:write": ("/schools/{own}/self-evaluation/write/", {Role.HEADTEACHER}),
    "moderation:meetings": ("/support/meetings/", TIERS),
    "moderation:new": ("/support/meetings/new/", STRATEGISTS),
    "attendance:monday": ("/attendance/", ATTENDS),
    "attendance:schools_file": ("/attendance/schools.csv", ATTENDS),
    "attendance:early": ("/attendance/early/", PUPILS),
    "attendance:early_file": ("/attendance/early.csv", PUPILS),
    "attendance:year_end": ("/attendance/early/year-end/", PUPILS),
    "attendance:load": ("/attendance/load/", OFFICERS),
    "attendance:template": ("/attendance/load/template-marks.csv", OFFICERS),
    "attendance:meetings": ("/attendance/meetings/", ATTENDS),
    "attendance:digest": ("/attendance/digest/", AREA),
    "attendance:for_all": ("/attendance/everybody/", EVERYBODY),
    "attendance:school": ("/schools/{own}/attendance/", ATTENDS),
    "attendance:proof": ("/schools/{own}/attendance/proof/", ATTENDS),
    "attendance:proof_area": ("/attendance/proof/", ATTENDS),
    "attendance:agenda": ("/schools/{own}/attendance/agenda/", ATTENDS),
    "attendance:pupils": ("/schools/{own}/attendance/pupils/", PUPILS),
    "attendance:return_new": ("/schools/{own}/attendance/return/", PUPILS),
    "attendance:plans": ("/attendance/plans/", PUPILS),
    "attendance:considerations": ("/attendance/notices/", PUPILS),
    "attendance:returns": ("/attendance/returns/", PUPILS),
    "attendance:missing": ("/attendance/missing/", PUPILS),
    "attendance:unplaced": ("/attendance/missing/new/", OFFICERS),
    "attendance:missing_new": ("/schools/{own}/attendance/missing/", OFFICERS),
    "attendance:steps": ("/attendance/steps/", PUPILS),
    "attendance:shocks": ("/attendance/shocks/", OFFICERS),
    "attendance:shared": ("/attendance/shared/", OFFICERS),
    "attendance:recovery": ("/attendance/recovery/", ATTENDS),
    "attendance:rights": ("/attendance/rights/", OFFICERS),
    "attendance:cases_file": ("/attendance/cases.csv", OFFICERS),
    "attendance:official": ("/schools/{own}/attendance/expectation/", PUPILS),
    "attendance:lead": ("/schools/{own}/attendance/lead/", OFFICERS),
    "attendance:offer": ("/schools/{own}/attendance/meeting/", OFFICERS),
    "attendance:clear": ("/schools/{own}/attendance/clear/fall/4/", OFFICERS),
    "engagements:engagements": ("/support/engagements/", ENGAGED),
    "engagements:engagements_file": ("/support/engagements/as-seen.csv", ENGAGED),
    "engagements:register": ("/support/concerns/", ENGAGED),
    "glass:start": ("/glass/", ACCOUNTS),
    "glass:uses": ("/glass/uses/", {Role.DATA_PROTECTION_OFFICER}),
    "fairness:fairness": ("/support/fairness/", TIERS),
    "fairness:tested": ("/support/tested/", TIERS),
    "interests:mine": ("/support/interests/", SUPPORTS),
    "interests:register": ("/support/interests/register/", STRATEGISTS),
    "engagements:meetings": ("/support/concern-meetings/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "engagements:of_school": ("/schools/{own}/engagements/", SUPPORTED),
    "engagements:enter": ("/schools/{own}/engagements/new/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "engagements:raise_concern": ("/schools/{own}/concerns/new/", ENGAGED),
    "contacts:contacts": ("/schools/{own}/contacts/", SUPPORTS),
    "contacts:add": ("/schools/{own}/contacts/new/", SUPPORTS),
    "plans:of_school": ("/schools/{own}/plans/", SUPPORTED),
    "plans:begin": ("/schools/{own}/plans/new/", ENGAGED),
    "plans:open_board": ("/schools/{own}/boards/new/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "plans:out_of_order": ("/support/out-of-order/", ENGAGED),
    "duties:register": ("/support/duties/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "duties:charge": ("/support/duties/safeguarding/owner/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "duties:prove": ("/support/duties/safeguarding/proof/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "duties:of_schools": ("/support/school-returns/safeguarding_audit/", ENGAGED),
    "duties:of_school": ("/schools/{own}/returns/", SUPPORTED),
    "wellbeing:mine": ("/wellbeing/", {Role.HEADTEACHER}),
    "wellbeing:received": ("/wellbeing/received/", {Role.WELLBEING_CONTACT}),
    "day_one:batches": ("/support/day-one/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "day_one:categories": ("/support/day-one/categories/", {Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    "strategy:take_up": ("/strategy/take-up/", STRATEGISTS),
    "consultation:consultations": ("/consultations/", EVERYBODY),
    "brokerage:home": ("/brokerage/", SUPPORTED),
    "brokerage:needs": ("/brokerage/needs/", SUPPORTED),
    "brokerage:needs_file": ("/brokerage/needs/as-seen.csv", SUPPORTED),
    "brokerage:offers": ("/brokerage/offers/", SUPPORTED),
    "brokerage:offers_file": ("/brokerage/offers/as-seen.csv", SUPPORTED),
    "brokerage:round": ("/brokerage/round/", BROKERS),
    "brokerage:strengths": ("/brokerage/strengths/", BROKERS),
    "brokerage:strengths_file": ("/brokerage/strengths/as-seen.csv", BROKERS),
    "brokerage:new_provider": ("/brokerage/providers/new/", BROKERS),
    "evidence_library:home": ("/evidence-library/", SCHOOL),
    "evidence_library:library_file": ("/evidence-library/as-seen.csv", SCHOOL),
    "evidence_library:propose": ("/evidence-library/new/", CONTRIBUTES | {Role.HEADTEACHER, Role.GOVERNOR}),
    "evidence_library:of_school": ("/schools/{own}/what-worked/", SCHOOL),
    "learning:home": ("/learning/", SCHOOL),
    "learning:sessions_file": ("/learning/as-seen.csv", SCHOOL),
    "learning:calendar": ("/learning/sessions.ics", SCHOOL),
    "learning:programmes": ("/learning/programmes/", SCHOOL),
    "learning:new_programme": ("/learning/programmes/new/", STRATEGISTS),
    "learning:partners": ("/learning/partners/", SCHOOL),
    "learning:offers_file": ("/learning/partners/as-seen.csv", SCHOOL),
    "learning:new_partner": ("/learning/partners/new/", STRATEGISTS),
    "networks:networks": ("/networks/", SCHOOL),
    "networks:networks_file": ("/networks/as-seen.csv", SCHOOL),
    "networks:unplaced": ("/networks/unplaced/", CONTRIBUTES),
    "networks:new": ("/networks/new/?family={own}", STRATEGISTS),
    "documents:documents": ("/documents/", STRATEGISTS),
    "consultation:new": ("/consultations/new/", STRATEGISTS),
    "publication:releases": ("/publication/", STRATEGISTS),
    "publication:claims": ("/claims/", AREA),
    "boards:boards": ("/boards/", SCHOOL),
    "boards:calendar": ("/boards/calendar/", SCHOOL),
    "boards:questions": ("/boards/questions/", SCHOOL),
    "boards:ask": ("/boards/questions/new/", STRATEGISTS),
    "boards:new": ("/boards/new/", STRATEGISTS),
    "alerts:alerts": ("/alerts/", EVERYBODY),
    "alerts:choose": ("/alerts/mail/", EVERYBODY),
    "groups:groups": ("/groups/", SCHOOL),
    "groups:new": ("/groups/new/", SCHOOL),
    "groups:ready_made": ("/groups/trust/?name={trust}", SCHOOL),
    "data": ("/data/", DATA),
    "report": ("/data/loads/{load}/", DATA),
    "search": ("/search/?q=school", SCHOOL),
    "accounts:account": ("/account/", EVERYBODY),
    "accounts:tokens": ("/account/tokens/", EVERYBODY),
    "accounts:look": ("/account/look/", STRATEGISTS),
    "accounts:audit": ("/account/audit/", AUDIT),
    "accounts:audit_file": ("/account/audit.csv", AUDIT),
    "accounts:people": ("/account/people/", ACCOUNTS),
    "accounts:invite": ("/account/people/invite/", ACCOUNTS),
    "accounts:person": ("/account/people/{self}/", ACCOUNTS),
}
TO_ALL = {"strategy:strategies", "consultation:consultations", "attendance:for_all"}  # signed in or not
# change something: tested with what they change. A line for each noun
POSTED = {"accounts:begin_looking", "accounts:stop_looking", "accounts:sign_out_everywhere", "accounts:active", "groups:open"}
POSTED |= {"strategy:milestone"}
POSTED |= {"alerts:read"}
POSTED |= {"accounts:revoke_token", "documents:archive"}
POSTED |= {"self_evaluation:draw"}
POSTED |= {"tiers:send", "moderation:again", "moderation:close", "moderation:reopen"}
POSTED |= {"publication:propose"}
POSTED |= {"boards:sign", "boards:pack_build"}
POSTED |= {"brokerage:ask", "brokerage:ask_all", "brokerage:confirm"}
POSTED |= {"evidence_library:stop"}
POSTED |= {"learning:end_programme", "learning:withdraw_offer"}
POSTED |= {"networks:reopen", "networks:agree_minutes", "networks:take_down", "networks:agree"}
POSTED |= {"visits:autosave", "visits:move", "visits:feed_change"}
POSTED |= {"engagements:autosave", "engagements:watch", "engagements:prepare"}
POSTED |= {"plans:unseat", "wellbeing:end", "day_one:load", "day_one:undo"}
POSTED |= {"entitlements:solve", "entitlements:adopt", "entitlements:for_many", "entitlements:move_order"}
POSTED |= {"interests:end", "glass:end"}
# need what somebody made: tested with it. A line for each noun
OF_ONES_OWN = {"feed", "groups:group", "groups:change", "groups:group_file", "value_added_file"}
OF_ONES_OWN |= {f"strategy:{name}" for name in (
    "attendance_results",
    "strategy", "change", "step", "doing", "doing_file", "versions", "action", "progress", "add", "rewrite", "withdraw",
    "board", "promises_file", "promise", "promise_file", "promise_take_file",
    "promise_new", "promise_change", "promise_give_up", "adopt", "blueprint",
)}  # fmt: skip
OF_ONES_OWN |= {f"attendance:{name}" for name in (
    "match", "load_report", "load_faults",
    "meeting", "day", "hold", "action", "shut", "close_action", "plan", "plan_change", "plan_end", "letter", "consideration", "issue",
    "improve", "notice", "period", "return", "step", "archive_shock", "agenda_file", "pupil", "plan_new", "referral",
    "consider", "step_new", "bundle",
    "digest_file", "school_file", "proof_file",
    "shared_one", "shared_file", "share_list", "withdraw", "destroyed", "right", "right_new", "lift", "held",
    "record", "record_close", "record_of_return", "record_of_pupil", "record_step", "record_bundle", "record_right", "record_held",
)}  # fmt: skip
OF_ONES_OWN |= {f"visits:{name}" for name in (
    "visit", "change", "cancel", "write", "school_part", "answer", "promise", "close", "not_coming",
)}  # fmt: skip
OF_ONES_OWN |= {f"engagements:{name}" for name in (
    "engagement", "step", "aim", "direction", "check", "allocate", "turn", "write_note", "note", "revise_note", "action",
    "notice", "answer_notice", "end_action", "withdraw_action", "resolve", "meeting",
)}  # fmt: skip
OF_ONES_OWN |= {"contacts:end", "duties:read", "duties:answer", "wellbeing:talk", "wellbeing:answer"}
OF_ONES_OWN |= {f"plans:{name}" for name in (
    "plan", "add_objective", "review", "close", "draw_path", "withdraw", "promise", "finish", "board", "seat", "call", "end", "paper",
    "send_papers", "minute", "ask", "answer", "follow",
)}  # fmt: skip
OF_ONES_OWN |= {f"day_one:{name}" for name in ("batch", "match", "faults_file")}
OF_ONES_OWN |= {f"brokerage:{name}" for name in (
    "new_need", "need", "close_need", "match", "take_back", "agreement", "new_offer", "offer", "change_offer", "withdraw_offer", "provider",
    "conflict", "withdraw_provider", "deployment", "day", "strike", "review", "complete", "stop",
)}  # fmt: skip
OF_ONES_OWN |= {f"evidence_library:{name}" for name in ("practice", "rewrite", "move", "cite", "adopt", "strike")}
OF_ONES_OWN |= {f"learning:{name}" for name in (
    "programme", "change_programme", "plan_session", "take_up", "take_up_file", "session", "session_calendar", "change_session", "call_off",
    "book", "attendance", "give_back", "evaluate", "partner", "end_partner", "new_offer", "take", "move",
)}  # fmt: skip
OF_ONES_OWN |= {f"networks:{name}" for name in (
    "network", "change", "members", "close", "call", "promise", "share", "begin", "meeting", "move", "call_off", "minutes", "correct",
    "keep_promise", "paper", "cycle", "pair", "review", "review_day", "findings", "review_off", "follow_up",
)}  # fmt: skip
OF_ONES_OWN |= {f"consultation:{name}" for name in (
    "consultation", "by_invitation", "thanks", "outcome", "run", "change", "step", "erase", "invite", "revoke", "add_question", "question",
    "add_theme", "theme", "responses", "response", "themed", "responses_file",
)}  # fmt: skip
OF_ONES_OWN |= {f"tiers:{name}" for name in (
    "aside", "letters_file", "letter", "letter_file", "withdraw", "reply", "appeal", "answer", "hear",
)}  # fmt: skip
OF_ONES_OWN |= {"self_evaluation:validate", "self_evaluation:document"}
OF_ONES_OWN |= {f"moderation:{name}" for name in ("meeting", "present", "confirm", "school", "opinion", "call")}
OF_ONES_OWN |= {f"boards:{name}" for name in (
    "board", "record", "terms", "seat", "end_term", "interest", "plan", "meeting", "move", "cancel", "call", "attendance", "minutes",
    "correct", "item_new", "item", "item_change", "item_withdraw", "declare", "decide", "close",
    "file_new", "file", "file_withdraw", "report", "vote",
    "rate", "answer", "pack", "pack_own", "pack_file", "pack_json",
)}  # fmt: skip
OF_ONES_OWN |= {f"publication:{name}" for name in ("area", "area_page", "release", "see", "approve", "refuse", "take_down")}
OF_ONES_OWN |= {f"entitlements:{name}" for name in (
    "done", "take_back", "no_longer", "adviser", "diary", "change_offer", "archive_offer", "waive", "order", "allocation_file",
)}  # fmt: skip
OF_ONES_OWN |= {"alerts:open", "alerts:off", "interests:of", "glass:notes", "glass:note", "glass:use"}
OF_ONES_OWN |= {f"fairness:{name}" for name in ("sign", "withdraw", "test", "test_file")}
OF_ONES_OWN |= {"scrutiny:report", "scrutiny:report_file", "documents:document"}
OF_ONES_OWN |= {f"api:{name}" for name in (*OPERATIONS, "openapi", "nothing")}
# another's school answers as one that does not exist
HIDDEN = ["school", "school_file", "family", "family_file", "explain_school"]
HIDDEN += ["entitlements:of_school", "story", "everything", "ours"]
HIDDEN += ["visits:of_school", "visits:briefing", "held", "tiers:of_school", "self_evaluation:of_school", "tiers:ask", "tiers:wrong"]
HIDDEN += ["evidence_library:of_school"]
HIDDEN += ["visitors", "visits:come"]
HIDDEN += ["governing"]
HIDDEN += ["attendance:school", "attendance:agenda", "attendance:proof"]
HIDDEN += ["engagements:of_school", "plans:of_school", "contacts:contacts", "duties:of_school"]


@pytest.fixture
def site(example: Path, settings: Any, own_home: Path, db: None) -> dict[str, str]:
    """The example area behind the desk: a school of the patch, another, and a load."""
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    primaries = [
        school.urn for school in of_authority(open_door(home), "150").values() if school.status == "open" and school.phase == "primary"
    ]
    for urn in primaries[:2]:  # the desk knows them, as it does after a publication
        Establishment.objects.create(urn=urn, name=f"School {urn}", phase="primary", status="open", authority="150")
    load = next((home / "reports").glob("*.json")).stem
    trusts = {one.trust for one in of_authority(open_door(home), "150").values() if one.trust}
    trust = next(one for one in sorted(trusts) if len(of_trust(open_door(home), one)) >= FEWEST)
    return {"own": str(primaries[0]), "other": str(primaries[1]), "load": load, "trust": trust}


def test_the_table_above_holds_every_address_of_ours() -> None:
    of_sign_in = {route.name for route in routes(type("All", (), {"url_patterns": sign_in.urlpatterns})())}
    ours = {route.name for route in routes(get_resolver())} - of_sign_in
    assert ours == OPEN.keys() | POSTED | OF_ONES_OWN


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role, ids=str)
def test_a_role_opens_its_pages_and_no_others(
    role: Role, site: dict[str, str], person: Callable[..., Any], browser_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headway.desk.accounts.exporting.HOURLY", 1000)  # the table has more files than a person may take in an hour
    patch = frozenset({int(site["own"])}) if role in OF_A_PATCH else frozenset()
    user = person(role, urns=patch)
    browser = browser_of(user)
    wrong = []
    for name, (address, allowed) in OPEN.items():
        status = browser.get(address.format(**site, self=user.pk)).status_code
        expected = (200, 302) if role in allowed and name in ("home", "most_improved") else (200,) if role in allowed else (403,)
        if status not in expected:
            wrong.append((name, status, expected))
    for name in HIDDEN:
        address = OPEN[name][0].replace("{own}", "{other}").format(**site)
        status = browser.get(address).status_code
        expected = (403,) if role not in OPEN[name][1] else (404,) if role in OF_A_PATCH else (200,)
        if status not in expected:
            wrong.append((f"{name} of another", status, expected))
    assert not wrong
    if role in OF_A_PATCH:
        listed = browser.get("/schools/").content.decode()
        assert site["own"] in listed
        assert site["other"] not in listed


@pytest.mark.django_db
def test_nobody_gets_in_without_signing_in(site: dict[str, str], client: Any) -> None:
    for name, (address, _) in OPEN.items():
        if name in TO_ALL:
            continue
        answer = client.get(address.format(**site, self=1))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/sign-in/login/"), name
