"""Early warning on Monday: who is listed and why, what takes a flag down and what brings it back, what a patch is not told."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from headway.desk.attendance import ahead, rules
from headway.desk.attendance.models import Cleared, Meeting
from headway.desk.audit.models import Event
from headway.language.early_chances import validation_lines
from headway.readings.attendance.early.ahead import cleared, within
from headway.readings.attendance.early.asking import Asked
from headway.readings.attendance.early.done import Done
from headway.readings.attendance.early.predicted import validation
from headway.readings.attendance.early.pupils import flags
from headway.readings.attendance.early.schools import clusters, school_anomalies
from headway.readings.attendance.morning import numbers
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.opening import open_registers
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.viewer import Viewer
from tests.integration.desk.test_attendance import found, home, page, people

__all__ = ["found", "home", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ME = Viewer("me", sees_pupils=True)


def told_of(found: Morning, kind: str) -> Any:
    return next(one.flag for one in found.ahead.raised if one.flag.kind == kind)


def test_monday_keeps_what_the_command_finds_and_no_number(home: Path, found: Morning) -> None:
    asked = flags(open_door(home), ME, Asked())
    kept = {(one.flag.kind, one.flag.key, one.flag.since, one.flag.absent) for one in found.ahead.raised}
    assert kept == {(one.kind, one.key, one.since, one.absent) for one in asked.flags}
    assert {one.flag.pupil for one in found.ahead.raised} == {""}
    assert {one.flag.kind for one in found.ahead.raised} >= {"drifting", "drop", "monday", "friday", "transition"}
    assert list(found.ahead.groups) == clusters(open_door(home), ME, Asked()).groups
    assert list(found.ahead.schools) == school_anomalies(open_door(home), ME, Asked()).schools
    assert [one.check for one in found.ahead.schools] == ["n_standing"]  # the school that was made to leave reasons open
    linked = {(one.key, one.siblings.also > 0) for one in asked.flags if one.siblings}
    families = {one.key for family in found.ahead.families for one in family}
    assert {key for key, also in linked if also} <= families


def test_a_flag_goes_by_an_honest_action_and_comes_back_when_more_is_missed(home: Path, found: Morning) -> None:
    door, today = open_door(home), clock.today()
    raised = next(one for one in found.ahead.raised if one.flag.kind == "drifting" and one.flag.since < today - timedelta(2))
    only = replace(found.ahead, raised=(raised,))
    who = raised.flag.urn, raised.flag.key

    def stands(on: date, missed: tuple[int, ...] = ()) -> bool:
        of = replace(only, raised=(replace(raised, missed=missed),))
        return cleared(door, of, {who: [Done(*who, "call", on)]}, today) == [None]

    yesterday = today - timedelta(1)
    assert not stands(yesterday)
    assert stands(raised.flag.since - timedelta(1))  # before it was up
    assert stands(today + timedelta(1))  # not done yet
    assert not stands(yesterday, (today.toordinal(),) * 3)
    assert stands(yesterday, (today.toordinal(),) * 4)  # four more sessions
    assert not stands(yesterday, (yesterday.toordinal(),) * 9)  # missed before it
    assert cleared(door, only, {(who[0], "another"): [Done(who[0], "another", "call", yesterday)]}, today) == [None]


def test_monday_and_its_page_give_each_reason_and_an_action_takes_it_down(found: Morning, people: Any, browser_of: Any) -> None:
    officer, flag = browser_of(people["officer"]), told_of(found, "drifting")
    sign, address = rules.pseudonym(flag.key), f"/schools/{flag.urn}/attendance/clear/drifting/{flag.key}/"
    monday = page(officer, "/attendance/")
    for words in ("Early warning", "Drifting, before it is persistent", "are Mondays", "Brothers and sisters", "questions to ask"):
        assert words in monday
    listed = page(officer, "/attendance/early/?kind=drifting&all=1")
    assert sign in listed
    assert f"Missed {flag.facts['long']:.0f} of 20 of the last sessions" in listed
    assert "Missed" in page(officer, address)  # the reason stands above the form
    assert officer.post(address, {"did": "none", "text": "Looked at with the school"}).status_code == 302
    listed = page(officer, "/attendance/early/?kind=drifting&all=1")
    assert address not in listed
    assert "looked at on" in listed
    assert Cleared.objects.get().sealed
    assert "Looked at with" not in "".join(str(vars(row)) for row in (*Cleared.objects.all(), *Event.objects.all()))
    told = page(officer, f"/schools/{flag.urn}/attendance/pupils/{flag.key}/")
    assert "Looked at; no action needed" in told


def test_brothers_and_sisters_stand_together_and_go_down_together(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer = browser_of(people["officer"])
    rows = ahead.early(open_door(home), found, people["officer"], clock.today()).stand
    pairs = [(row, after) for row, after in pairwise(rows) if after.one.key in {one.key for one in row.together}]
    assert pairs  # next to each other in the list
    family = next(family for family in found.ahead.families if sum(bool(one.why) for one in family) >= 2)
    address = f"/schools/{family[0].urn}/attendance/clear/siblings/{family[0].key}/"
    assert address in page(officer, "/attendance/early/")
    assert officer.post(address, {"did": "met", "text": ""}).status_code == 302
    assert address not in page(officer, "/attendance/early/")
    assert {one.pupil for one in Cleared.objects.all()} == {one.key for one in family if one.why}


def test_a_patch_is_told_of_nobody_elsewhere(found: Morning, people: Any, browser_of: Any) -> None:
    across = next(family for family in found.ahead.families if len({one.urn for one in family}) > 1)
    own = across[0].urn
    mine = within(found.ahead, frozenset({own}))
    assert {one.flag.urn for one in mine.raised} <= {own}
    assert {one.urn for family in mine.families for one in family} <= {own}
    assert all(sum(bool(one.why) for one in family) > 1 for family in mine.families)
    head, elsewhere = (browser_of(people[who]) for who in ("head", "elsewhere"))
    flag = next(one.flag for one in found.ahead.raised if one.flag.urn == found.schools[0].urn)
    assert rules.pseudonym(flag.key) in page(head, "/attendance/early/?all=1")
    assert rules.pseudonym(flag.key) not in page(elsewhere, "/attendance/early/?all=1")
    for who in ("adviser", "governor"):
        browser = browser_of(people[who])
        assert "Early warning" not in page(browser, "/attendance/")
        for address in ("early/", "early/year-end/", "early.csv"):
            assert browser.get(f"/attendance/{address}").status_code == 403, address


def test_a_use_of_codes_is_a_question_that_somebody_asked(found: Morning, people: Any, browser_of: Any) -> None:
    officer, one = browser_of(people["officer"]), found.ahead.schools[0]
    address = f"/schools/{one.urn}/attendance/clear/codes/{one.check}/"
    assert address in page(officer, "/attendance/early/")
    assert officer.post(address, {"did": "called", "text": ""}).status_code == 302
    assert address not in page(officer, "/attendance/early/")
    assert "Rang the school or the family" in page(officer, "/attendance/early/")
    assert officer.get(f"/schools/{one.urn}/attendance/clear/codes/nothing/").status_code == 404
    assert not Meeting.objects.exists()


def test_support_is_a_treatment_that_is_told_and_leaves_nobody_out(home: Path, found: Morning) -> None:
    door = open_door(home)
    plain = validation(door, ME, Asked())
    assert plain is not None
    assert (plain.supported, plain.supported_predicted) == (0, None)
    registers, _ = open_registers(door, ME)
    rows, year = registers.view(AcademicYear.parse(plain.year)).rows, AcademicYear.parse(plain.year)
    keys = [(int(urn), pupil.tobytes().hex()) for urn, pupil in zip(rows.urns, rows.pupils, strict=True)]
    told = validation(door, ME, Asked(done=tuple(Done(urn, key, "call", date(year.start, 12, 1)) for urn, key in keys)))
    assert told is not None
    assert (told.supported, told.supported_events) == (plain.pupils, plain.events)
    assert replace(told, supported=0, supported_events=0, supported_predicted=None) == plain  # nobody is left out of the scores
    assert told.supported_predicted == pytest.approx(sum(one.pupils * one.predicted for one in told.bands) / told.pupils)
    assert "scored with the others" in " ".join(validation_lines(told))
    other = validation(door, ME, Asked(done=tuple(Done(urn, key, "call", date(year.start - 1, 12, 1)) for urn, key in keys)))
    assert other == plain
    by_number = numbers(door, ME, [key for _, key in keys])
    named = tuple(Done(urn, by_number[key], "plan", date(year.start, 12, 1)) for urn, key in keys)
    again = validation(door, ME, Asked(done=named))
    assert again == told


def test_the_list_goes_out_by_signs_and_chances_with_their_trial(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer = browser_of(people["officer"])
    told = officer.get("/attendance/early.csv").content.decode()
    named = numbers(open_door(home), ME, [one.flag.key for one in found.ahead.raised])
    assert len(told.splitlines()) > 20
    assert not [number for number in named.values() if number in told]
    chances = page(officer, "/attendance/early/year-end/")
    assert "Not validated locally" in chances
    assert "absence to date" in chances  # the baseline, beside it
    assert "What was predicted, and what came" in chances
