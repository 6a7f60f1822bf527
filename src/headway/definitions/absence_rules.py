"""Dated rules of attendance: who counts for persistent absence, and when a penalty notice must be considered."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import Field

from headway.definitions.attendance_codes import AttendanceCodes
from headway.definitions.schemas import Dated, Definition
from headway.vocabulary.errors import HeadwayError

Whole = Annotated[int, Field(ge=1)]


class Outside(Definition):
    """Who is not counted as persistently or severely absent, and not as anything else either."""

    year_groups: tuple[str, ...]
    boarders: bool
    from_second_half_of_summer: bool
    sixth_half_term_of: tuple[str, ...]


class Watch(Definition):
    """When attendance fell sharply: the last school days against all before, in points; `fewest_recent` are possible sessions."""

    recent_school_days: Whole
    fewest_recent: Whole
    drop_points: Whole


class Early(Definition):
    """When something is told before a pupil is persistently absent. Ours, not national; percentages are whole.

    A stretch is so many possible sessions of the pupil in a row. `holiday_days` from one school day to the next are a holiday;
    `false_share` of what is told of many comparisons may be chance; an action that was done clears a flag for `clears_school_days`
    or until `again_sessions` more are missed; `capacity` is the share of pupils that officers can take up; differences between groups
    that were looked at and accepted are in `signed_off`.
    """

    short_stretch: Whole
    long_stretch: Whole
    fewest_stretches: Whole
    fewest_spells: Whole
    drift_points: Whole
    transition_points: Whole
    fewest_absent_days: Whole
    holiday_days: Whole
    false_share: Whole
    fewest_in_group: Whole
    fewest_flagged: Whole
    fewest_schools: Whole
    code_weeks: Whole
    clears_school_days: Whole
    again_sessions: Whole
    capacity: Whole
    signed_off: tuple[str, ...]


class AbsenceRule(Dated):
    """Persistent: one in `persistent_one_in` possible sessions missed, or more."""

    persistent_one_in: Whole
    severe_one_in: Whole
    fewest_possible: Whole
    outside: Outside
    watch: Watch
    early: Early


class Settles(Definition):
    reason: str
    school_days: Whole


class Amount(Definition):
    """`pounds_if_early` is for who pays within `early_days` of the issue."""

    pounds: Whole
    pounds_if_early: int | None = None
    early_days: int | None = None


class PenaltyNotices(Dated):
    """So many sessions of the reasons within so many school weeks; `counted_from` is the first day whose sessions count."""

    sessions: Whole
    school_weeks: Whole
    reasons: tuple[str, ...]
    counted_from: date
    settles: Settles
    reuse_sessions_after_notice: bool
    first: Amount
    second: Amount
    most: Whole
    years: Whole


R = TypeVar("R", bound=Dated)


def in_force(rules: Mapping[str, R], day: date) -> R:
    """The rule of a day. Raises H-VALIDITY-50, naming the days that there are rules for."""
    for rule in rules.values():
        if rule.holds(day):
            return rule
    there = "; ".join(f"{rule.title}, from {rule.from_}" for rule in rules.values())
    raise HeadwayError("H-VALIDITY-50", f"The library has no such rule for {day}.", f"It has: {there}.", "Ask for a later day.")


def reason_faults(notices: Mapping[str, PenaltyNotices], regimes: Mapping[str, AttendanceCodes]) -> list[str]:
    """Reasons that a rule counts and no code has."""
    known = {code.reason for regime in regimes.values() for code in regime.codes.values()}
    return [
        f"penalty_notices {rule.id}: no register code has the reason {reason!r}"
        for rule in notices.values()
        for reason in (*rule.reasons, rule.settles.reason)
        if reason not in known
    ]
