"""From a school's answers to the tier that a scheme proposes. Pure: the same answers give the same proposal, and its reason.

What is unknown never counts as met. A light tier is proposed only where the unknown answers to core signals, and what people have said
that is past its date, could not have taken the school out of it; else the outcome is `not_enough_evidence`, for an officer to judge.
From this follows, and is tested: making an answer unknown never gives a heavier tier, and never turns another outcome into a light tier
(a strength that becomes unknown moves a school from Secure Plus to Secure, never further).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from headway.analysis.predicates import Answered
from headway.definitions.tiers import NOT_ENOUGH, Scheme, Way
from headway.vocabulary.answer import Answer, Unknown, all_of, any_of

By = Literal["floor", "any_of", "points", "evidence"]


@dataclass(frozen=True)
class Proposed:
    """`tier` is one of the scheme's, or `not_enough_evidence`. `reasons` are the signals that brought it about, the heaviest first."""

    tier: str
    by: By
    points: int
    reasons: tuple[str, ...]
    at_least: str  # by what is known alone
    at_most: str  # if every unknown core signal were met
    missing: tuple[str, ...]  # core signals without an answer


def signal_answer(way: Way | None, answers: tuple[Answered, ...]) -> Answered:
    """What a signal says, from the answers to its conditions in their order. A phase without a way: not applicable."""
    if way is None:
        return Answered(Answer.UNKNOWN, Unknown.NOT_APPLICABLE)
    every, some = [one.answer for one in answers[: len(way.all)]], [one.answer for one in answers[len(way.all) :]]
    found = all_of([*every, *([any_of(some)] if some else [])])
    if found is not Answer.UNKNOWN:
        return Answered(found)
    return Answered(found, next(one.why for one in answers if one.answer is Answer.UNKNOWN))


def proposed(scheme: Scheme, answers: Mapping[str, Answered]) -> Proposed:
    """The tier for a school with these answers, one for each of the scheme's signals."""
    met = [name for name in scheme.signals if answers[name].answer is Answer.MET]
    missing = tuple(name for name in scheme.signals if _matters(scheme, name, answers[name]))
    tier, by, reasons = tier_of(scheme, met)
    worst, _, _ = tier_of(scheme, [*met, *missing])
    points = sum(scheme.signals[name].points for name in met)
    if scheme.tiers[tier].light and not scheme.tiers[worst].light:
        return Proposed(NOT_ENOUGH, "evidence", points, (), tier, worst, missing)
    return Proposed(tier, by, points, reasons, tier, worst, missing)


def _matters(scheme: Scheme, name: str, answered: Answered) -> bool:
    """Whether an unknown answer stands in the way of a light tier: a core one, or one that was given and has run out."""
    return answered.answer is Answer.UNKNOWN and (scheme.signals[name].core or answered.why is Unknown.EXPIRED)


def tier_of(scheme: Scheme, met: Collection[str]) -> tuple[str, By, tuple[str, ...]]:
    """The heaviest of floor, any-of and points; the first of the three that reaches it, and the signals behind it."""
    points = sum(scheme.signals[name].points for name in met)
    floors = {name: scheme.signals[name].floor_tier for name in met}
    some = {name: tier for tier, rule in scheme.tiers.items() for name in rule.any_of if name in met}
    by_points = _by_points(scheme, points, met)
    found = [tier for tier in (*floors.values(), *some.values(), by_points) if tier]
    heaviest = max(found, key=scheme.heaviness)
    for by, given in (("floor", floors), ("any_of", some)):
        behind = tuple(name for name, tier in given.items() if tier == heaviest)
        if behind:
            return heaviest, "floor" if by == "floor" else "any_of", behind
    weighed = sorted((name for name in met if scheme.signals[name].points), key=lambda name: -scheme.signals[name].points)
    return heaviest, "points", tuple(weighed) or scheme.tiers[heaviest].needs


def _by_points(scheme: Scheme, points: int, met: Collection[str]) -> str:
    plain = [name for name, tier in scheme.tiers.items() if not tier.needs and tier.from_points is not None and tier.from_points <= points]
    found = plain[-1]
    for name, tier in scheme.tiers.items():
        within = tier.until_points is None or points <= tier.until_points
        if tier.needs and within and scheme.heaviness(name) < scheme.heaviness(found) and set(tier.needs) <= set(met):
            return name
    return found
