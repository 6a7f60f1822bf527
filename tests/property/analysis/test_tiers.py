"""Laws of proposals: what is unknown never makes a tier heavier, and never lets a school out into a light one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.predicates import Answered
from headway.analysis.tiers import proposed, signal_answer, tier_of
from headway.definitions.loading import library_for
from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.vocabulary.answer import Answer, Unknown

SCHEMES = library_for().tiers
MET, NOT_MET = Answered(Answer.MET), Answered(Answer.NOT_MET)
SUPPRESSED = Answered(Answer.UNKNOWN, Unknown.SUPPRESSED)
ANSWERS = st.sampled_from([MET, NOT_MET, SUPPRESSED, Answered(Answer.UNKNOWN, Unknown.NOT_TOLD), Answered(Answer.UNKNOWN, Unknown.EXPIRED)])
schemes = st.sampled_from(list(SCHEMES.values()))
OURS = SCHEMES["aiming_higher.v1"]


def drawn(scheme: Scheme, data: st.DataObject) -> dict[str, Answered]:
    return {name: data.draw(ANSWERS, name) for name in scheme.signals}


def all_clear(scheme: Scheme = OURS) -> dict[str, Answered]:
    return dict.fromkeys(scheme.signals, NOT_MET)


@given(scheme=schemes, data=st.data())
def test_an_answer_that_becomes_unknown_never_makes_the_tier_heavier(scheme: Scheme, data: st.DataObject) -> None:
    answers = drawn(scheme, data)
    name = data.draw(st.sampled_from([one for one, signal in scheme.signals.items() if signal.domain != "strength"]))
    before, after = proposed(scheme, answers), proposed(scheme, answers | {name: SUPPRESSED})
    if NOT_ENOUGH not in (before.tier, after.tier):
        assert scheme.heaviness(after.tier) <= scheme.heaviness(before.tier)


@given(scheme=schemes, data=st.data())
def test_a_core_answer_that_becomes_unknown_never_lets_a_school_into_a_light_tier(scheme: Scheme, data: st.DataObject) -> None:
    answers = drawn(scheme, data)
    name = data.draw(st.sampled_from([one for one, signal in scheme.signals.items() if signal.core]))
    before, after = proposed(scheme, answers), proposed(scheme, answers | {name: SUPPRESSED})
    if before.tier == NOT_ENOUGH or not scheme.tiers[before.tier].light:
        assert after.tier == NOT_ENOUGH or not scheme.tiers[after.tier].light


@given(scheme=schemes, data=st.data())
def test_what_somebody_said_does_not_fade_into_a_light_tier_when_its_date_passes(scheme: Scheme, data: st.DataObject) -> None:
    answers = drawn(scheme, data)
    name = data.draw(st.sampled_from([one for one, signal in scheme.signals.items() if signal.soft]))
    before = proposed(scheme, answers | {name: MET})
    after = proposed(scheme, answers | {name: Answered(Answer.UNKNOWN, Unknown.EXPIRED)})
    if before.tier == NOT_ENOUGH or not scheme.tiers[before.tier].light:
        assert after.tier == NOT_ENOUGH or not scheme.tiers[after.tier].light


@given(scheme=schemes, data=st.data())
def test_another_signal_met_never_makes_the_tier_lighter(scheme: Scheme, data: st.DataObject) -> None:
    met = {name for name, one in drawn(scheme, data).items() if one == MET}
    name = data.draw(st.sampled_from([one for one, signal in scheme.signals.items() if signal.domain != "strength"]))
    assert scheme.heaviness(tier_of(scheme, met | {name})[0]) >= scheme.heaviness(tier_of(scheme, met)[0])


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_a_school_of_which_nothing_is_known_is_not_secure(scheme: Scheme) -> None:
    found = proposed(scheme, dict.fromkeys(scheme.signals, SUPPRESSED))
    assert (found.tier, found.points, found.reasons) == (NOT_ENOUGH, 0, ())
    assert set(found.missing) == {name for name, signal in scheme.signals.items() if signal.core}


def test_all_clear_is_secure_and_with_strength_secure_plus() -> None:
    assert proposed(OURS, all_clear()).tier == "secure"
    assert proposed(OURS, all_clear() | {"giver_strength": MET}).tier == "secure_plus"
    assert proposed(OURS, all_clear() | {"giver_strength": MET, "finance": MET}).tier == "secure", "strength outweighs no concern"


def test_the_floor_comes_first_then_any_of_then_points() -> None:
    floor = proposed(OURS, all_clear() | {"legacy_grade": MET, "outcomes_falling": MET, "outcomes_low": MET})
    assert (floor.tier, floor.by, floor.points) == ("intensive", "points", 8), "points may go beyond a floor, and then are the reason"
    assert proposed(OURS, all_clear() | {"legacy_grade": MET}).by == "floor"
    some = proposed(OURS, all_clear() | {"leadership_change": MET})
    assert (some.tier, some.by, some.reasons) == ("light_touch", "any_of", ("leadership_change",))
    asked = proposed(OURS, all_clear() | {"leadership_change": MET, "self_referral": MET})
    assert (asked.by, asked.reasons) == ("floor", ("self_referral",))


def test_what_is_unknown_but_could_change_nothing_does_not_stand_in_the_way() -> None:
    assert proposed(OURS, all_clear() | {"gap_wide": SUPPRESSED}).tier == "secure", "two points are Secure as well"
    assert proposed(OURS, all_clear() | {"gap_wide": SUPPRESSED, "finance": MET}).tier == NOT_ENOUGH, "a third point is not"


def test_a_heavier_tier_stands_on_what_is_known_and_says_what_more_there_could_be() -> None:
    known = {"outcomes_low": MET, "attendance_low": MET}
    found = proposed(OURS, all_clear() | known | {"outcomes_falling": SUPPRESSED, "gap_wide": SUPPRESSED})
    assert (found.tier, found.at_most, found.missing) == ("focus", "intensive", ("outcomes_falling", "gap_wide"))


def test_a_phase_without_a_way_is_not_applicable() -> None:
    assert signal_answer(OURS.signals["outcomes_low"].way("nursery"), ()).why is Unknown.NOT_APPLICABLE


def test_all_and_any_of_a_way_go_together() -> None:
    way = SCHEMES["worcestershire_2017.v1"].signals["below_floor"].way("primary")
    assert signal_answer(way, (MET, NOT_MET, MET, NOT_MET)).answer is Answer.MET
    assert signal_answer(way, (NOT_MET, SUPPRESSED, SUPPRESSED, SUPPRESSED)).answer is Answer.NOT_MET
    assert signal_answer(way, (MET, NOT_MET, SUPPRESSED, NOT_MET)) == SUPPRESSED
