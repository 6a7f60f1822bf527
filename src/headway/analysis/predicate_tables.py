"""The closed set of predicates as Ibis expressions: the answers of headway.analysis.predicates, for a whole table of schools at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.predicates import TWO_SIDED
from headway.definitions.predicates import Condition, Measured, StatusIs
from headway.vocabulary.answer import Answer, Unknown

if TYPE_CHECKING:
    from ibis.expr.types import Column, Table

COLUMNS = {"value": "float64", "other": "float64", "margin": "float64", "n": "float64", "status": "string"}
NEVER_A_STATE = (Unknown.NO_FIGURE.value, Unknown.OUT_OF_DATE.value)


def answers(operands: "Table", condition: Condition) -> "Table":
    """The operands (COLUMNS, and any others, which stay) with `answer` and `why` of one condition; `why` is null unless it is unknown."""
    if isinstance(condition, StatusIs):
        unknown, met = _no_state(operands), _states(operands, condition)
    else:
        unknown, met = _unknown(operands, condition), HOLDS[condition.predicate](condition, operands, _slack(operands, condition))
    answer = ibis.cases(
        (unknown.notnull(), Answer.UNKNOWN.value), (met.fill_null(False), Answer.MET.value), else_=Answer.NOT_MET.value
    )  # fmt: skip
    return operands.mutate(answer=answer, why=unknown)


def _no_state(operands: "Table") -> "Column":
    return ibis.ifelse(operands.value.isnull() & operands.status.isin(NEVER_A_STATE), operands.status, None)


def _states(operands: "Table", condition: StatusIs) -> "Column":
    state = ibis.ifelse(operands.value.notnull(), "published", operands.status)
    return state.isin([one.value for one in condition.statuses])


def _unknown(operands: "Table", condition: Condition) -> "Column":
    branches: list[tuple[Any, Any]] = [(operands.value.isnull(), operands.status)]
    if isinstance(condition, Measured):
        if condition.predicate in TWO_SIDED:
            branches.append((operands.other.isnull(), Unknown.NO_COMPARATOR.value))
        if condition.floor:
            branches.append((operands.n.isnull(), Unknown.NO_SIZE.value))
            branches.append((operands.n < condition.floor, Unknown.TOO_FEW.value))
        if condition.beyond_chance:
            branches.append((operands.margin.isnull(), Unknown.NO_MARGIN.value))
    return ibis.cases(*branches, else_=None)


def _slack(operands: "Table", condition: Condition) -> Any:
    return operands.margin if isinstance(condition, Measured) and condition.beyond_chance else ibis.literal(0.0)


HOLDS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "below": lambda one, t, slack: t.other - t.value - slack > one.by,
    "above": lambda one, t, slack: t.value - t.other - slack > one.by,
    "between": lambda one, t, slack: (t.value >= one.low + slack) & (t.value <= one.high - slack),
    "position_below": lambda one, t, slack: t.value < one.share,
    "position_above": lambda one, t, slack: t.value > one.share,
    "rising_by": lambda one, t, slack: t.value - t.other - slack >= one.by,
    "falling_by": lambda one, t, slack: t.other - t.value - slack >= one.by,
    "gap_above": lambda one, t, slack: t.value - slack > one.by,
    "grade_is": lambda one, t, slack: t.value >= 1,
    "older_than": lambda one, t, slack: t.value > one.years,
    "told": lambda one, t, slack: t.value >= one.at_least,
}
