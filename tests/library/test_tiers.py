"""The tier schemes and entitlements that the library lays down, and every fault of one told at once with its line."""

from datetime import date
from pathlib import Path

import pytest

from headway.definitions.loading import LIBRARY as SHIPPED
from headway.definitions.loading import library_for, read_library
from headway.definitions.tiers import PHASES, scheme_for
from headway.desk.entitlements.planning import COUNTED
from headway.vocabulary.errors import HeadwayError

LIBRARY = library_for()
OURS = (SHIPPED / "tiers/aiming_higher/v1.yaml").read_text()
SEED = ("secure_plus", "secure", "light_touch", "focus", "intensive")


@pytest.mark.parametrize("name", LIBRARY.tiers)
def test_five_tiers_from_the_lightest_to_the_heaviest_each_with_its_entitlement(name: str) -> None:
    scheme = LIBRARY.tiers[name]
    assert tuple(scheme.tiers) == SEED
    assert [tier for tier, rule in scheme.tiers.items() if rule.light] == ["secure_plus", "secure"]
    assert tuple(LIBRARY.entitlements[scheme.entitlement].tiers) == SEED


@pytest.mark.parametrize("name", LIBRARY.tiers)
def test_a_school_of_any_phase_can_be_asked_and_special_ones_have_core_signals_without_a_way(name: str) -> None:
    scheme = LIBRARY.tiers[name]
    for phase in PHASES:
        assert any(signal.core and signal.way(phase) for signal in scheme.signals.values()), phase
    for phase in ("nursery", "special", "alternative", "post16"):
        assert any(signal.core and signal.way(phase) is None for signal in scheme.signals.values()), phase


def test_every_kind_of_soft_signal_is_asked_about_by_the_default_scheme() -> None:
    asked = {one.kind for signal in LIBRARY.tiers["aiming_higher.v1"].signals.values() for way in signal.ways
             for one in way.conditions if one.predicate == "told"}  # fmt: skip
    assert asked == set(LIBRARY.soft_signals)


@pytest.mark.parametrize("name", LIBRARY.entitlements)
def test_a_heavier_tier_takes_more_days(name: str) -> None:
    days = [gives.plan_days for gives in LIBRARY.entitlements[name].tiers.values()]
    assert days == sorted(days) and len(set(days)) == len(days)


@pytest.mark.parametrize("name", sorted(LIBRARY.entitlements))
def test_whatever_a_tier_promises_has_a_way_of_being_given(name: str) -> None:
    """By a kind of visit, or written down of itself by the noun under which it is done; what costs no adviser's day may be ticked off."""
    given = {item for kind in LIBRARY.visit_kinds.values() for item in kind.gives} | COUNTED
    promised = {item for item, one in LIBRARY.entitlements[name].items.items() if one.days and one.by == "adviser" and not one.standing}
    assert promised and promised <= given


def test_the_days_planned_for_a_hundred_schools_are_those_of_the_proposal() -> None:
    shares = {"secure_plus": 15, "secure": 45, "light_touch": 22, "focus": 13, "intensive": 5}
    plan = LIBRARY.entitlements["aiming_higher"]
    total = sum(plan.tiers[tier].plan_days * many for tier, many in shares.items())
    assert total == 325.5
    assert total / plan.field_days == pytest.approx(2.3, abs=0.05)


def overlaid(tmp_path: Path, text: str, name: str = "tiers/own/v1") -> Path:
    path = tmp_path / f"{name}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return tmp_path


def faults_of(home: Path) -> str:
    with pytest.raises(HeadwayError) as found:
        read_library(home)
    assert found.value.code == "H-LIBRARY-01"
    return str(found.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = OURS.replace("measure: ks2.rwm_expected, by: 5", "measure: ks2.nothing, by: 5").replace("kind: governance", "kind: gossip")
    text = text.replace('judgements: overall_effectiveness, grades: "4"', 'judgements: overall_effectiveness, grades: "9"')
    text = text.replace("entitlement: aiming_higher", "entitlement: nothing").replace("scheme: aiming_higher", "scheme: own")
    told = faults_of(overlaid(tmp_path, text))
    for fault in ("no measure 'ks2.nothing'", "no kind 'gossip'", "no grade '9'", "no entitlement 'nothing'"):
        assert fault in told


def test_a_fault_of_form_has_its_file_and_line(tmp_path: Path) -> None:
    line = OURS.splitlines().index("    points: 3") + 1
    told = faults_of(overlaid(tmp_path, OURS.replace("    points: 3", "    points: -3", 1)))
    assert f"v1.yaml:{line}: signals.outcomes_low.points" in told


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("floor_tier: intensive", "floor_tier: severe", "no tier 'severe'"),
        ("any_of: [leadership_change, ", "any_of: [nothing, ", "no signal 'nothing'"),
        ("from_points: 8", "from_points: 4", "starts at 4 points, no more than focus"),
        ("from_points: 0, light", "from_points: 1, light", "starts at 0 points"),
        ("predicate: told, kind: staffing", "predicate: rumoured, kind: staffing", "rumoured"),
        ("years: 3, floor: 30", "years: 3, fewest_years: 4, floor: 30", "above `years`"),
        ("phases: [secondary, all_through]", "phases: [primary, all_through]", "primary schools are asked in two ways"),
        ("measure: ks2.rwm_expected, beside: family", "measure: context.roll, beside: family", "no better direction"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in OURS
    assert fault in faults_of(overlaid(tmp_path, OURS.replace("scheme: aiming_higher", "scheme: own").replace(old, new)))


def test_an_area_may_put_its_own_in_the_place_of_ours(tmp_path: Path) -> None:
    own = read_library(overlaid(tmp_path, OURS.replace("from_points: 5", "from_points: 6"), "tiers/aiming_higher/v1"))
    assert own.tiers["aiming_higher.v1"].tiers["focus"].from_points == 6
    assert own.digest != LIBRARY.digest


def test_two_versions_are_not_in_force_on_one_day(tmp_path: Path) -> None:
    text = OURS.replace("version: 1", "version: 2").replace("from: 2026-09-01", "from: 2027-09-01")
    home = overlaid(tmp_path, text, "tiers/aiming_higher/v2")
    assert "while aiming_higher.v1 still is" in faults_of(home)


def test_a_scheme_is_found_by_name_and_day_or_by_its_version() -> None:
    assert scheme_for(LIBRARY.tiers, "aiming_higher", date(2026, 11, 25)).version == 1
    assert scheme_for(LIBRARY.tiers, "aiming_higher.v1", date(1999, 1, 1)).version == 1
    with pytest.raises(HeadwayError) as found:
        scheme_for(LIBRARY.tiers, "aiming_higher", date(2020, 1, 1))
    assert found.value.code == "H-USAGE-60" and "aiming_higher.v1 (from 2026-09-01" in found.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("plan_days: 9", "plan_days: 20", "tier focus: 20.0 days are planned, its lines take 8.00 to 14.00"),
        ("item: plan,", "item: plans,", "there is no item 'plans'"),
        ("weeks: [3, 6]", "weeks: [6, 3]", "from the shortest to the longest"),
    ],
)
def test_an_entitlement_that_cannot_work_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = (SHIPPED / "entitlements/aiming_higher.yaml").read_text()
    assert old in text
    assert fault in faults_of(overlaid(tmp_path, text.replace(old, new), "entitlements/own"))
