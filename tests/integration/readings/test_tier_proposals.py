"""Proposals on a published area: who never comes out secure, what early results and past days may know, and a naive twin of an operand."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from headway.definitions.tiers import NOT_ENOUGH
from headway.readings.columns import columns
from headway.readings.door import Door, open_door
from headway.readings.family_means import family_trend
from headway.readings.profile import profile
from headway.readings.tier_proposal.answers import Entry, Proposal
from headway.readings.tier_proposal.proposing import explain, propose
from headway.store.snapshots import current
from headway.vocabulary.answer import Answer, Unknown
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer

STAFF = Viewer("staff", sees_early=True)
THEN = date(2018, 10, 1)


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def country(door: Door) -> dict[int, Proposal]:
    return {one.urn: one for one in propose(door, PUBLIC).proposals}


def test_the_country_at_once_gets_the_same_answers_as_one_by_one(door: Door, country: dict[int, Proposal]) -> None:
    """The engine's form of the predicates beside the plain one, on every school."""
    said = (Entry(next(iter(country)), "complaints", date(2026, 9, 1), "the register"),)
    for one in propose(door, PUBLIC, evidence=False, entries=said).proposals:
        whole = country[one.urn]
        assert (one.tier, one.by, one.points, one.missing) == (whole.tier, whole.by, whole.points, whole.missing)
        for signal, other in zip(one.signals, whole.signals, strict=True):
            if (one.urn, signal.name) != (said[0].urn, "complaints"):
                assert (signal.name, signal.answer, signal.why) == (other.name, other.answer, other.why)


def test_every_open_maintained_school_and_academy_has_one(door: Door, country: dict[int, Proposal]) -> None:
    wanted = door.lookup.rows("SELECT urn FROM establishment WHERE status = 'open' AND governance IN ('maintained', 'academy', 'other')")
    assert set(country) == {urn for (urn,) in wanted}
    tiers = Counter(one.tier for one in country.values())
    assert len(tiers) >= 5, tiers


def test_where_nothing_is_known_nobody_comes_out_secure(country: dict[int, Proposal]) -> None:
    for one in country.values():
        if one.phase in ("nursery", "special", "alternative", "post16"):
            assert one.tier not in ("secure_plus", "secure"), one
        if any(signal.core and signal.why is Unknown.NOT_INSPECTED for signal in one.signals):
            assert one.tier not in ("secure_plus", "secure"), one
    assert {one.tier for one in country.values() if one.phase == "nursery"} <= {NOT_ENOUGH, "focus", "intensive"}


def test_academies_are_asked_the_same_and_no_powers_are_pretended(country: dict[int, Proposal]) -> None:
    by_kind = {one.governance: one for one in country.values() if one.phase == "primary"}
    assert [signal.name for signal in by_kind["academy"].signals] == [signal.name for signal in by_kind["maintained"].signals]
    assert not by_kind["academy"].powers and by_kind["maintained"].powers


def test_an_authority_gets_the_same_answers_as_the_country(door: Door, country: dict[int, Proposal]) -> None:
    [(area, _)] = door.published.areas
    found = propose(door, PUBLIC, authority=area).proposals
    assert found
    for one in found:
        whole = country[one.urn]
        assert (one.tier, one.points, one.missing) == (whole.tier, whole.points, whole.missing)
        assert [(signal.answer, signal.why) for signal in one.signals] == [(signal.answer, signal.why) for signal in whole.signals]


def test_columns_are_what_the_door_gives_row_by_row(door: Door) -> None:
    for viewer in (PUBLIC, STAFF, Viewer("patch", sees_early=True, urns=frozenset(range(900_000, 900_040)))):
        for measure, cut in (("ks2.rwm_expected", "all"), ("ks2.rwm_expected", "disadvantage=yes"), ("context.roll", "all")):
            found = columns(door, viewer, measure, cut, 2010, 2030)
            rows = door.lookup.readings(early=viewer.sees_early, level="school", where="measure = ? AND cut = ?", values=[measure, cut])
            seen = {(int(one.place), one.year.start): one for one in door.see(rows, viewer)}
            assert len(found.urn) == len(seen)
            for at, key in enumerate(zip(found.urn.tolist(), found.year.tolist(), strict=True)):
                one = seen[key]
                for name in ("value", "denominator", "position"):
                    number, wanted = getattr(found, name)[at], getattr(one, name)
                    assert (np.isnan(number) and wanted is None) or number == wanted
                assert found.status[at] == one.status.value


def test_early_results_are_for_those_who_may_see_them(door: Door) -> None:
    [(area, _)] = door.published.areas
    public = propose(door, PUBLIC, authority=area).proposals
    staff = propose(door, STAFF, authority=area).proposals
    outside = propose(door, Viewer("other patch", sees_early=True, urns=frozenset({900_001})), authority=area).proposals
    told = [[looked.years for signal in one.signals for looked in signal.looked] for one in public]
    assert told != [[looked.years for signal in one.signals for looked in signal.looked] for one in staff]
    for one, other in zip(public, outside, strict=True):
        if one.urn != 900_001:
            assert one == other, "early results of schools outside the patch change nothing"


def test_as_of_a_day_nothing_that_came_later_is_used(door: Door, example: Path, tmp_path: Path) -> None:
    """Every value published later becomes noise, and later lists of grades with it: the answers stay the same."""
    before = propose(door, PUBLIC, as_of=THEN).proposals
    assert any(signal.met and signal.domain == "outcomes" for one in before for signal in one.signals)
    home = tmp_path / "later"
    shutil.copytree(example, home)
    snapshot = current(home)
    assert snapshot is not None
    snapshot.path.chmod(0o600)
    with duckdb.connect(str(snapshot.path)) as con:
        for table in ("reading", "vintage", "early_reading"):
            noise = "value = 97 * random(), denominator = 900 * random()" + (", position = random()" if table == "reading" else "")
            con.execute(f"UPDATE {table} SET {noise} WHERE year >= 2018")
            con.execute(f"UPDATE {table} SET {noise} WHERE measure LIKE 'ks2.%' AND year = 2017 AND release <> 'provisional'")
        con.execute("UPDATE inspection SET grade = '4' WHERE coalesce(published, inspected + INTERVAL 60 DAY) > ?", [THEN])
        con.execute("DELETE FROM family")
    after = propose(open_door(home), PUBLIC, as_of=THEN).proposals
    assert [(one.urn, one.tier, one.signals) for one in before] == [(one.urn, one.tier, one.signals) for one in after]


def test_a_naive_twin_finds_the_same_gap_to_the_family(door: Door, country: dict[int, Proposal]) -> None:
    """Year by year from the school's page: its figures and its family's means, weighted by pupils, in plain Python."""
    checked = 0
    for one in country.values():
        looked = [look for signal in one.signals if signal.name == "outcomes_low" for look in signal.looked][:1]
        if one.phase != "primary" or not looked or looked[0].own is None or looked[0].theirs is None:
            continue
        line = next(line for line in profile(door, one.urn, PUBLIC).lines if line.own.measure.id == "ks2.rwm_expected")
        family = {reading.year: reading.value for reading in family_trend(door, f"family:{one.urn}", "ks2.rwm_expected").readings}
        newest = line.own.readings[-1].year
        used = [r for r in line.own.readings if r.value is not None and newest - r.year < 3 and r.year in family]
        total = sum(r.denominator or 0 for r in used)
        own = sum((r.value or 0) * (r.denominator or 0) for r in used) / total
        theirs = sum((family[r.year] or 0) * (r.denominator or 0) for r in used) / total
        assert looked[0].own == pytest.approx(own)
        assert looked[0].theirs == pytest.approx(theirs, rel=1e-5), "families keep single precision"
        assert looked[0].operand.value == pytest.approx(theirs - own, abs=1e-3)
        assert set(looked[0].years) == {r.year for r in used}
        checked += 1
    assert checked >= 8


def test_what_people_have_said_counts_until_its_date(door: Door, country: dict[int, Proposal]) -> None:
    urn = next(one.urn for one in country.values() if one.tier == "secure")

    def tier(*entries: Entry) -> tuple[str, str]:
        [one] = propose(door, PUBLIC, urns=[urn], entries=entries).proposals
        said = next(signal for signal in one.signals if signal.name == "self_referral")
        return one.tier, said.answer.value if said.why is None else said.why.value

    assert tier(Entry(urn, "self_referral", date(2026, 9, 1), "the school")) == ("light_touch", "met")
    assert tier(Entry(urn, "self_referral", date(2026, 9, 1), "the school", clear=True)) == ("secure", "not_met")
    assert tier(Entry(urn, "self_referral", date(2023, 9, 1), "the school")) == (NOT_ENOUGH, "expired")
    later = Entry(urn, "self_referral", date(2026, 10, 1), "the adviser", clear=True)
    assert tier(Entry(urn, "self_referral", date(2026, 9, 1), "the school"), later) == ("secure", "not_met")
    assert tier() == ("secure", "not_told")


def test_restricted_entries_say_nothing_to_those_who_may_not_read_them(door: Door, country: dict[int, Proposal]) -> None:
    urn = next(iter(country))
    said = (Entry(urn, "safeguarding_audit", date(2026, 9, 1), "the safeguarding team"),)
    [open_], [shut] = (propose(door, PUBLIC, urns=[urn], entries=said, reads_restricted=may).proposals for may in (True, False))
    answers = [next(s for s in one.signals if s.name == "safeguarding_audit") for one in (open_, shut)]
    assert answers[0].answer is Answer.MET
    assert answers[1].why is Unknown.RESTRICTED and shut.points < open_.points


def test_what_would_move_a_school_does_move_it(door: Door, country: dict[int, Proposal]) -> None:
    from headway.analysis.tiers import tier_of

    rule = door.library.tiers["aiming_higher.v1"]
    told = [explain(door, PUBLIC, one.urn) for one in country.values() if one.tier in ("focus", "intensive")][:20]
    assert told
    for found in told:
        met = {signal.name for signal in found.proposal.signals if signal.met} - set(found.lighter)
        assert rule.heaviness(tier_of(rule, met)[0]) < rule.heaviness(found.proposal.tier)


def test_questions_that_cannot_be_answered_say_so(door: Door) -> None:
    with pytest.raises(HeadwayError, match="H-USAGE-91"):
        propose(door, PUBLIC, as_of=date(2999, 1, 1))
    [(independent,), *_] = door.lookup.rows("SELECT urn FROM establishment WHERE status = 'open' AND governance = 'independent'")
    with pytest.raises(HeadwayError, match="H-USAGE-92"):
        explain(door, PUBLIC, independent)
