"""A back-test in words: what was caught, what was missed, beside the baseline; never one figure without the other."""

from collections.abc import Iterable

from headway.language.values import join
from headway.readings.tier_backtest.answers import Backtest, GroupErrors, GroupGap, Ranked
from headway.stats.group_gaps import Difference
from headway.vocabulary.number import shown

GROUPS = {"academy": "academies", "middling": "schools of middling size", "post16": "schools from 16 on"}
WAYS = {"points": "By the points", "second_opinion": "By the second opinion"}


def backtest_lines(found: Backtest) -> tuple[str, ...]:
    """Everything a command says, the answer first, the cautions last."""
    return (
        f"{found.title}, as of {_day(found.as_of)}, against what was known by {_day(found.until)}: {found.outcome_title.lower()}.",
        answer_sentence(found),
        *map(ranked_sentence, found.ranked),
        undecided_sentence(found),
        lead_sentence(found),
        unlabelled_sentence(found),
        *chain_sentences(found),
        *opinion_sentences(found),
        *_gaps(found),
        *found.cautions,
    )


def answer_sentence(found: Backtest) -> str:
    """“Of 612 that fell the tiers had flagged 201 (33%, 29% to 37%); 3 in 4 of the 900 flags were false alarms.”"""
    one = found.flagged
    if not one.flagged:
        return f"The tiers flagged none of the {found.labelled:,} schools whose outcome is known; {found.fell:,} of them fell."
    return (
        f"Of the {found.fell:,} that fell, of {found.labelled:,} at risk whose outcome is known, the tiers had flagged {one.caught:,.0f} "
        f"({interval(one.recall, one.recall_interval)}). Of {one.flagged:,.0f} flags {one.false_alarms:,.0f} were false alarms: "
        f"{interval(one.precision, one.precision_interval)} fell."
    )


def ranked_sentence(one: Ranked) -> str:
    picked = one.at_capacity
    return (
        f"{one.title}: the first {picked.flagged:,.0f} schools hold {picked.caught:,.0f} that fell "
        f"({interval(picked.recall, picked.recall_interval)} of all that did); {interval(picked.precision, picked.precision_interval)} "
        f"of those picked fell. Over all thresholds: average precision "
        f"{_two(one.average_precision)}, ranks a fall above a hold {_hundred(one.area)} times in 100."
    )


def interval(share: float | None, limits: tuple[float, float] | None) -> str:
    """“33%, 29% to 37%”."""
    if share is None or limits is None:
        return "none"
    return f"{_percent(share)}, {_percent(limits[0])} to {_percent(limits[1])}"


def _percent(share: float) -> str:
    return f"{shown(100 * share, 'count')}%"


def _two(value: float | None) -> str:
    return "–" if value is None else shown(value, "share")


def _hundred(value: float | None) -> str:
    return "–" if value is None else shown(100 * value, "count")


def _day(day: object) -> str:
    return f"{getattr(day, 'day', '')} {day:%B %Y}"


def undecided_sentence(found: Backtest) -> str:
    one = found.undecided
    return (
        f"Not enough evidence, so neither flagged nor cleared: {one.flagged:,.0f} of those whose outcome is known, "
        f"of whom {one.caught:,.0f} fell ({interval(one.precision, one.precision_interval)})."
    )


def lead_sentence(found: Backtest) -> str:
    lead = found.lead
    if not lead.hits:
        return "No fall was flagged, so none was flagged early."
    if lead.median is None or lead.quarter is None or lead.three_quarters is None:
        return "How early a fall was flagged is not told: results are looked at once, at the end."
    months = [shown(one, "count") for one in (lead.quarter, lead.median, lead.three_quarters)]
    return (
        f"Half of the {lead.hits:,} falls that were flagged became known {months[1]} months after the day or later "
        f"(middle half {months[0]} to {months[2]})."
    )


def unlabelled_sentence(found: Backtest) -> str:
    told = ((found.labelled_flagged, "the flagged"), (found.labelled_others, "the others"))
    shares = [f"{_percent(one)} of {who}" for one, who in told if one is not None]
    unknown = f"Of {found.at_risk - found.labelled:,} of {found.at_risk:,} at risk it is not known what came"
    return f"{unknown}; the outcome is known of {join(shares)}."


def chain_sentences(found: Backtest) -> list[str]:
    if not found.closed and not found.under_successor:
        return []
    falls = f"{found.under_successor:,} falls were found under the number of a school that followed"
    return [f"{found.closed:,} at risk have closed since; {falls}."]


def opinion_sentences(found: Backtest) -> list[str]:
    one = found.second_opinion
    if one is None:
        return []
    reasons = join([f"{reason.title.lower()} ({shown(reason.weight, 'progress', sign=True)})" for reason in one.reasons[:5]])
    taught = f"The second opinion was taught on {one.units:,} schools ({one.fell:,} fell) of {_day(one.trained_on)}"
    said = f"{taught}. What weighs most: {reasons}."
    if one.calibration is None:
        return [said, "Whether its chances are what they say: not enough evidence."]
    check = one.calibration
    word = "are about what they say" if check.good else "are not what they say and must not be read as chances"
    seen = f"{check.expected:,.0f} falls expected, {check.fell:,} seen"
    return [said, f"Its chances {word}: {seen}; slope {_two(check.slope)}, intercept {_two(check.intercept)}."]


def _gaps(found: Backtest) -> list[str]:
    said = gap_sentences(found.gaps)
    return [*said, "Somebody has to answer for that before the scheme is used."] if said else []


def gap_sentences(gaps: Iterable[GroupGap]) -> list[str]:
    """Where, at the team's capacity, one group bears more or fewer of the errors than all others: over ten points and beyond chance."""
    return [said for one in gaps for said in _gap(one)]


def _gap(one: GroupGap) -> list[str]:
    who = WAYS.get(one.way, one.way)
    told = ((one.beside.missed, "of the falls among {} were missed"), (one.beside.flagged, "of {} that held were flagged"))
    return [
        f"{who}: {_percent(found.own)} {what.format(group_words(one))}, {_percent(found.others)} among all others: "
        f"{shown(100 * abs(found.size), 'count')} points {'more' if found.size > 0 else 'fewer'}, {_limits(found)}."
        for found, what in told if found is not None and found.wide
    ]  # fmt: skip


def group_words(one: GroupGap | GroupErrors) -> str:
    """“small schools”, “schools of middling size”, “academies”, “schools in the most deprived third”."""
    group = one.beside.group if isinstance(one, GroupGap) else one.group
    if one.by == "deprivation":
        return f"schools in the {group}" if group.endswith("third") else f"{group} schools"
    return GROUPS.get(group) or f"{group.replace('_', ' ')} schools"


def _limits(found: Difference) -> str:
    low, high = sorted((100 * abs(found.low), 100 * abs(found.high)))
    return f"95% limits {shown(low, 'count')} to {shown(high, 'count')}"
