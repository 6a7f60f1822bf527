"""Each predicate says the same as an expression of the engine and in plain Python, whatever the operand: missing, tied, on the edge."""

from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from headway.analysis import predicate_tables
from headway.analysis.predicates import HOLDS, Operand, answer
from headway.definitions.predicates import Condition
from headway.store import engine
from headway.vocabulary.answer import Answer, Unknown

MEASURED: dict[str, Any] = {"measure": "ks2.rwm_expected"}
SHAPES: dict[str, dict[str, Any]] = {
    "below": MEASURED | {"beside": 65, "by": 1.5},
    "above": MEASURED | {"beside": "england"},
    "between": MEASURED | {"low": 20, "high": 40},
    "position_below": MEASURED | {"share": 0.2},
    "position_above": MEASURED | {"share": 0.8, "among": "family"},
    "rising_by": MEASURED | {"by": 5},
    "falling_by": MEASURED | {"by": 5, "since": 2},
    "gap_above": MEASURED | {"beside": "family", "by": 0.5},
    "status_is": MEASURED | {"statuses": ["suppressed", "missing"]},
    "grade_is": {"scales": {"four_grades": [{"grades": "4"}]}},
    "older_than": {"years": 4},
    "told": {"kind": "complaints", "at_least": 3},
}
ADAPTER: TypeAdapter[Any] = TypeAdapter(Condition)
numbers = st.none() | st.integers(-20, 120).map(lambda n: n / 4)  # quarters: ties and edges come up often
operands = st.lists(
    st.builds(Operand, numbers, numbers, numbers.map(lambda n: n if n is None else abs(n)), st.none() | st.integers(0, 90).map(float),
              st.sampled_from(Unknown)),
    min_size=1, max_size=20,
)  # fmt: skip
BACKEND = engine.expressions(engine.working())


def condition(kind: str, **more: Any) -> Any:
    return ADAPTER.validate_python({"predicate": kind} | SHAPES[kind] | more)


def by_engine(one: Any, given_: list[Operand]) -> list[tuple[str, str | None]]:
    rows = [operand._asdict() | {"status": operand.status.value, "line": at} for at, operand in enumerate(given_)]
    kinds = {"float64": pa.float64(), "string": pa.string()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in predicate_tables.COLUMNS.items()] + [("line", pa.int64())])
    table = predicate_tables.answers(ibis.memtable(pa.Table.from_pylist(rows, schema=schema)), one)
    found = BACKEND.to_pyarrow(table.order_by("line")).to_pylist()
    return [(row["answer"], row["why"]) for row in found]


@pytest.mark.slow
@pytest.mark.parametrize("kind", SHAPES)
@given(found=operands, sure=st.booleans(), floor=st.sampled_from([0, 30]))
def test_the_engine_and_plain_python_say_the_same(kind: str, found: list[Operand], sure: bool, floor: int) -> None:
    of_measures = "measure" in SHAPES[kind]
    one = condition(kind, **({"beyond_chance": sure, "floor": floor} if of_measures else {}))
    plain = [(said.answer.value, said.why.value if said.why else None) for said in (answer(one, operand) for operand in found)]
    assert by_engine(one, found) == plain


def test_the_set_is_closed_and_both_forms_cover_it() -> None:
    assert set(SHAPES) == {*HOLDS, "status_is"} == {*predicate_tables.HOLDS, "status_is"}


@given(operand=st.builds(Operand, st.none(), numbers, numbers, numbers, st.sampled_from(Unknown)), kind=st.sampled_from(sorted(HOLDS)))
def test_without_a_value_nothing_is_met(operand: Operand, kind: str) -> None:
    said = answer(condition(kind), operand)
    assert (said.answer, said.why) == (Answer.UNKNOWN, operand.status)


def test_a_suppressed_figure_is_a_state_that_can_be_asked_about() -> None:
    assert answer(condition("status_is"), Operand(None, status=Unknown.SUPPRESSED)).answer is Answer.MET
    assert answer(condition("status_is"), Operand(61.0)).answer is Answer.NOT_MET
    assert answer(condition("status_is"), Operand(None, status=Unknown.NO_FIGURE)).answer is Answer.UNKNOWN


def test_beyond_chance_the_margin_must_be_cleared() -> None:
    one = condition("gap_above", beyond_chance=True)
    assert answer(one, Operand(6.0, margin=5.4)).answer is Answer.MET
    assert answer(one, Operand(6.0, margin=5.6)).answer is Answer.NOT_MET
    assert answer(one, Operand(6.0)).why is Unknown.NO_MARGIN
