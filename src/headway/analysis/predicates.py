"""The closed set of predicates in plain Python: what one condition says of one school. Its twin is predicate_tables.

An operand is what a condition looks at, already brought into one shape by headway.readings.tier_proposal.operands:

    value   the figure asked about, in the measure's unit; a position (0 to 1), a count of judgements or entries, an age in years
    other   what it is set beside; for a change the earlier figure
    margin  half of the 95% interval of value − other; None where none can be had
    n       the pupils behind the value, all years together
    status  why there is no value, an Unknown
"""

from collections.abc import Callable
from typing import NamedTuple

from headway.definitions.predicates import (
    Above,
    Below,
    Between,
    Condition,
    FallingBy,
    GapAbove,
    GradeIs,
    Measured,
    OlderThan,
    PositionAbove,
    PositionBelow,
    RisingBy,
    StatusIs,
    Told,
)
from headway.vocabulary.answer import Answer, Unknown

TWO_SIDED = ("below", "above", "rising_by", "falling_by")  # they need something to set the value beside
STATE = "status_is"  # the one predicate that a missing value answers


class Operand(NamedTuple):
    """What a condition looks at. Without a value `status` says why."""

    value: float | None
    other: float | None = None
    margin: float | None = None
    n: float | None = None
    status: Unknown = Unknown.NO_FIGURE


class Answered(NamedTuple):
    """An answer, and for an unknown one the reason."""

    answer: Answer
    why: Unknown | None = None


def answer(condition: Condition, operand: Operand) -> Answered:
    """What the condition says of the operand. Unknown before anything else where it cannot be judged."""
    if isinstance(condition, StatusIs):
        return _states(condition, operand)
    unknown = _unknown(condition, operand)
    if unknown is not None:
        return Answered(Answer.UNKNOWN, unknown)
    value, other = operand.value or 0.0, operand.other or 0.0
    slack = (operand.margin or 0.0) if isinstance(condition, Measured) and condition.beyond_chance else 0.0
    met = HOLDS[condition.predicate](condition, value, other, slack)
    return Answered(Answer.MET if met else Answer.NOT_MET)


def _states(condition: StatusIs, operand: Operand) -> Answered:
    """A published figure is the state `published`; a figure that no file has is no state at all."""
    if operand.value is None and operand.status in (Unknown.NO_FIGURE, Unknown.OUT_OF_DATE):
        return Answered(Answer.UNKNOWN, operand.status)
    state = "published" if operand.value is not None else operand.status.value
    return Answered(Answer.MET if state in {one.value for one in condition.statuses} else Answer.NOT_MET)


def _unknown(condition: Condition, operand: Operand) -> Unknown | None:
    if operand.value is None:
        return operand.status
    if not isinstance(condition, Measured):
        return None
    if condition.predicate in TWO_SIDED and operand.other is None:
        return Unknown.NO_COMPARATOR
    if condition.floor and operand.n is None:
        return Unknown.NO_SIZE
    if condition.floor and (operand.n or 0) < condition.floor:
        return Unknown.TOO_FEW
    return Unknown.NO_MARGIN if condition.beyond_chance and operand.margin is None else None


def _below(one: Below, value: float, other: float, slack: float) -> bool:
    return other - value - slack > one.by


def _above(one: Above, value: float, other: float, slack: float) -> bool:
    return value - other - slack > one.by


def _between(one: Between, value: float, other: float, slack: float) -> bool:
    return value >= one.low + slack and value <= one.high - slack


def _position_below(one: PositionBelow, value: float, other: float, slack: float) -> bool:
    return value < one.share


def _position_above(one: PositionAbove, value: float, other: float, slack: float) -> bool:
    return value > one.share


def _rising(one: RisingBy, value: float, other: float, slack: float) -> bool:
    return value - other - slack >= one.by


def _falling(one: FallingBy, value: float, other: float, slack: float) -> bool:
    return other - value - slack >= one.by


def _gap(one: GapAbove, value: float, other: float, slack: float) -> bool:
    """The operand's value is already how far it is behind, in the direction that is worse."""
    return value - slack > one.by


def _graded(one: GradeIs, value: float, other: float, slack: float) -> bool:
    """The operand's value counts which of the scale's rules hold."""
    return value >= 1


def _older(one: OlderThan, value: float, other: float, slack: float) -> bool:
    return value > one.years


def _told(one: Told, value: float, other: float, slack: float) -> bool:
    return value >= one.at_least


HOLDS: dict[str, Callable[..., bool]] = {
    "below": _below, "above": _above, "between": _between, "position_below": _position_below, "position_above": _position_above,
    "rising_by": _rising, "falling_by": _falling, "gap_above": _gap, "grade_is": _graded, "older_than": _older, "told": _told,
}  # fmt: skip
