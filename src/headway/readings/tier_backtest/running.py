"""A back-test: one scheme on one past day, against what came after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from headway.definitions.tiers import Outcome, Scheme
from headway.readings.columns import many_days
from headway.readings.door import Door
from headway.readings.tier_backtest.answers import Backtest, Lead, Ranked, SchoolLine, Threshold
from headway.readings.tier_backtest.errors import group_errors, group_gaps
from headway.readings.tier_backtest.labels import labels
from headway.readings.tier_backtest.opinion import Opinion, second_opinion
from headway.readings.tier_backtest.world import Day, World, day_of
from headway.readings.tier_proposal.graded import UNPUBLISHED
from headway.readings.tier_proposal.proposing import cautions, scheme_named
from headway.stats.detection import Picked, area_under, at_capacity, at_least, average_precision
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MONTH = 365.25 / 12
CAPACITY = 0.1  # of the schools at risk that a team can look at more closely
BASELINE = "The newest grade, and the years since"


@dataclass(frozen=True)
class Test:
    """What is asked: the day and the end, the share of schools that the team can take, and an earlier day to teach a second opinion on."""

    as_of: date
    until: date
    scheme: str = ""
    outcome: str = "inspection_fall"
    capacity: float = CAPACITY
    taught_on: date | None = None
    authority: str = ""
    kept: dict[date, Day] = field(default_factory=dict, repr=False, compare=False)  # of days asked about before, by one scheme and outcome


def backtest(door: Door, asked: Test) -> Backtest:
    """Raises H-USAGE-60 (no such scheme), H-USAGE-94 (no such outcome), H-USAGE-95 (days in the wrong order), H-USAGE-96 (nothing to
    score: no school at risk has a label)."""
    scheme, outcome = scheme_named(door, asked.scheme), outcome_named(door, asked.outcome)
    _ordered(asked)
    of = world_of(door, scheme, outcome, asked, asked.as_of, asked.until)
    if not of.labelled.any():
        raise HeadwayError(
            "H-USAGE-96", f"None of the {len(of.day.risk)} schools at risk on {asked.as_of} has a label by {asked.until}.",
            "Without one nothing can be scored.", "Choose days between which inspections or results are held.",
        )  # fmt: skip
    opinion = _opinion(door, scheme, outcome, asked, of)
    capacity = asked.capacity * float(of.labelled.sum())
    return Backtest(
        scheme=scheme.id,
        title=scheme.title,
        outcome=outcome.id,
        outcome_title=outcome.title,
        as_of=asked.as_of,
        until=asked.until,
        snapshot=door.published,
        sorted=len(of.day.proposals),
        at_risk=len(of.day.risk),
        labelled=int(of.labelled.sum()),
        fell=int(of.fell.sum()),
        under_successor=_under_successor(of),
        closed=_closed(door, of, asked.until),
        flagged=_picked(of, of.day.flagged),
        undecided=_picked(of, of.day.undecided),
        labelled_flagged=_share(of.labelled, of.day.flagged),
        labelled_others=_share(of.labelled, ~of.day.flagged),
        capacity=capacity,
        ranked=_ranked(of, opinion, capacity),
        frontier=_frontier(door, of),
        groups=group_errors(of, capacity),
        gaps=group_gaps(of, capacity, opinion.chances if opinion else None),
        lead=_lead(of, outcome),
        second_opinion=opinion.made if opinion else None,
        schools=_lines(of, opinion),
        cautions=_cautions(of, outcome, asked),
    )


def outcome_named(door: Door, name: str) -> Outcome:
    """Raises H-USAGE-94, naming what there is."""
    there = door.library.tier_outcomes
    if name not in there:
        raise HeadwayError("H-USAGE-94", f"There is no outcome {name!r}.", remedy=f"There are: {', '.join(there)}.")
    return there[name]


def _ordered(asked: Test) -> None:
    days = [*([asked.taught_on] if asked.taught_on else []), asked.as_of, asked.until]
    if days != sorted(set(days)) or asked.until > today():
        told = ", ".join(map(str, days))
        raise HeadwayError(
            "H-USAGE-95",
            f"These days cannot be back-tested: {told}.",
            "The day of teaching comes before the day scored, and that before the end.",
            "Give them in that order, the last no later than today.",
        )


def _opinion(door: Door, scheme: Scheme, outcome: Outcome, asked: Test, of: World) -> Opinion | None:
    """Taught on a span as long as the one scored, cut off at the day scored: what came later was not known."""
    if asked.taught_on is None:
        return None
    ends = min(asked.taught_on + (asked.until - asked.as_of), asked.as_of)
    return second_opinion(world_of(door, scheme, outcome, asked, asked.taught_on, ends), of)


def world_of(door: Door, scheme: Scheme, outcome: Outcome, asked: Test, day: date, until: date) -> World:
    """A day, kept with the question, and what had come of its schools by another."""
    if day not in asked.kept:
        asked.kept[day] = day_of(door, scheme, outcome, day, asked.authority)
    return World(asked.kept[day], labels(door, PUBLIC, asked.kept[day].gathered, outcome, until))


def _picked(of: World, flags: "Flags") -> Picked:
    return Picked(float((flags & of.labelled).sum()), float((flags & of.fell).sum()), int(of.fell.sum()), int(of.labelled.sum()))


def _share(known: "Flags", flags: "Flags") -> float | None:
    return float(known[flags].mean()) if flags.any() else None


def _under_successor(of: World) -> int:
    risk = set(of.day.urns)
    return sum(one.fell and one.urn != urn for urn, one in of.labels.items() if urn in risk)


def _closed(door: Door, of: World, until: date) -> int:
    closed = {urn for (urn,) in door.lookup.rows("SELECT urn FROM establishment WHERE closed <= ?", [until])}
    return len(closed & set(of.day.urns))


def _ranked(of: World, opinion: Opinion | None, capacity: float) -> tuple[Ranked, ...]:
    known, fell = of.labelled, of.fell[of.labelled]
    scores = {"points": ("The scheme’s points", of.day.points[of.day.risk]), "previous_grade": (BASELINE, of.day.baseline)}
    if opinion:
        scores["second_opinion"] = ("Second opinion: a regression", opinion.chances)
    return tuple(
        Ranked(name, title, at_capacity(one[known], fell, capacity), average_precision(one[known], fell), area_under(one[known], fell))
        for name, (title, one) in scores.items()
    )


def _frontier(door: Door, of: World) -> tuple[Threshold, ...]:
    """From each number of points on: what the labelled among them catch, and the days for everybody sorted.

    A school at or above the threshold gets the days of its tier, at least those of the lightest that is not light; others those of the
    heaviest light tier.
    """
    import numpy as np

    plan = door.library.entitlements[of.day.scheme.entitlement]
    light = [name for name, tier in of.day.scheme.tiers.items() if tier.light]
    heavy = [name for name, tier in of.day.scheme.tiers.items() if not tier.light]
    least, rest = plan.tiers[heavy[0]].plan_days, plan.tiers[light[-1]].plan_days
    days = np.array([plan.tiers[one.tier].plan_days if one.tier in heavy else least for one in of.day.proposals])
    found = []
    for threshold in range(1, int(of.day.points.max(initial=0)) + 1):
        above = of.day.points >= threshold
        picked = at_least(of.day.points[of.day.risk][of.labelled], of.fell[of.labelled], threshold)
        found.append(Threshold(threshold, picked, int(above.sum()), float(days[above].sum() + rest * (~above).sum())))
    return tuple(found)


def _lead(of: World, outcome: Outcome) -> Lead:
    """Of an outcome of measures only how many: they are looked at once, at the end."""
    import numpy as np

    day = of.day.gathered.question.day
    caught = [of.labels[urn].known for urn, hit in zip(of.day.urns, of.day.flagged & of.fell, strict=True) if hit]
    if not caught or outcome.kind == "measure":
        return Lead(len(caught), None, None, None)
    months = np.array([(one - day).days / MONTH for one in caught])
    return Lead(len(caught), *(float(one) for one in np.quantile(months, [0.25, 0.5, 0.75])))


def _lines(of: World, opinion: Opinion | None) -> tuple[SchoolLine, ...]:
    found = []
    for at, (place, urn) in enumerate(zip(of.day.risk.tolist(), of.day.urns, strict=True)):
        one, label = of.day.proposals[place], of.labels.get(urn)
        chance, reasons = (float(opinion.chances[at]), opinion.reasons[at]) if opinion else (None, ())
        under = label.urn if label and label.urn != urn else None
        fell, known = (label.fell, label.known) if label else (None, None)
        flagged = bool(of.day.flagged[at])
        found.append(SchoolLine(urn, one.name, one.tier, one.points, flagged, chance, reasons, fell, known, under))
    return tuple(found)


def _cautions(of: World, outcome: Outcome, asked: Test) -> tuple[str, ...]:
    found = list(cautions(of.day.gathered))
    found.append("The rules are of today and the facts of then: whoever wrote the rules knew what came after.")
    if outcome.kind == "inspection":
        found.append(
            "A school that was not inspected by the end is unlabelled, neither fallen nor held; inspectors choose whom to visit, partly by "
            f"the same figures. Reports without a day of publication count as known {UNPUBLISHED.days} days after the visit."
        )
    if asked.taught_on is None:
        found.append("No second opinion: it needs an earlier day to be taught on.")
    return tuple(found)


def every_year(first: date, last: date) -> list[date]:
    """The same day of each year from the first to the last."""
    return [date(year, first.month, min(first.day, 28)) for year in range(first.year, last.year + 1)]


def end_of(day: date, years: float) -> date:
    """So many years after a day, no later than today."""
    return min(day + timedelta(days=round(years * 365.25)), today())


def every_year_of(door: Door, asked: Test, last: date, years: float) -> Iterator[Backtest]:
    """The same day of each year up to the last.

    The second opinion of each is taught on the newest earlier day whose whole span had passed by then, else on the first of them, whose
    span is cut off. A year in which nothing can be scored is left out.
    """
    days = [day for day in every_year(asked.as_of, last) if day < today()]
    asked = replace(asked, kept={})
    with many_days(door):
        for at, day in enumerate(days):
            ends = end_of(day, years)
            earlier = [one for one in days[:at] if end_of(one, years) <= day] or days[:at][:1]
            try:
                yield backtest(door, replace(asked, as_of=day, until=ends, taught_on=earlier[-1] if earlier else None))
            except HeadwayError as error:
                if error.code != "H-USAGE-96":
                    raise
