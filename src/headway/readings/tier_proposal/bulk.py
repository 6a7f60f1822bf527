"""The answers of all schools of a country, by the Ibis form of the predicates: the same as one by one, in a fraction of the time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.analysis.predicates import Answered
from headway.definitions.predicates import Condition, GradeIs, OlderThan, Told
from headway.definitions.tiers import Signal
from headway.readings.tier_proposal.asking import Gathered
from headway.vocabulary.answer import Answer, Unknown

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from ibis.backends.duckdb import Backend
    from numpy.typing import NDArray

ORDER = (Answer.NOT_MET, Answer.UNKNOWN, Answer.MET)  # Kleene's `and` is the least of these, his `or` the greatest
CODE = {answer.value: code for code, answer in enumerate(ORDER)}
UNKNOWN = CODE[Answer.UNKNOWN.value]


@dataclass(frozen=True, eq=False)
class Many:
    """One answer for each school asked for: a place in ORDER, and for an unknown one the reason as text, else empty."""

    code: "NDArray[np.int8]"
    why: "NDArray[np.object_]"

    def at(self, place: int) -> Answered:
        why = self.why[place]
        return Answered(ORDER[self.code[place]], Unknown(why) if why else None)

    def same(self) -> "NDArray[np.int64]":
        """A number for each school: equal where the answer and its reason are."""
        import numpy as np
        import pyarrow as pa

        reasons = pa.array(self.why, pa.string()).dictionary_encode().indices.to_numpy()
        found: NDArray[np.int64] = reasons.astype(np.int64) * len(ORDER) + self.code
        return found


def answers(gathered: Gathered) -> dict[str, Many]:
    """What each signal of the scheme says of every school asked for."""
    from headway.store import engine

    backend = engine.expressions(engine.working())
    return {name: _signal(gathered, signal, backend) for name, signal in gathered.question.scheme.signals.items()}


def _signal(gathered: Gathered, signal: Signal, backend: "Backend") -> Many:
    import numpy as np

    phase = gathered.schools.phase[gathered.wanted]
    code = np.full(len(phase), UNKNOWN, np.int8)
    why = np.full(len(phase), Unknown.NOT_APPLICABLE.value, dtype=object)
    for way in signal.ways:
        here = np.flatnonzero(np.isin(phase, way.phases))
        if len(here):
            every = [condition_answers(gathered, one, here, backend) for one in way.conditions]
            parts = [one.code for one in every[: len(way.all)]]
            some = [one.code for one in every[len(way.all) :]]
            found = np.minimum.reduce([*parts, *([np.maximum.reduce(some)] if some else [])])
            reason = np.full(len(here), "", dtype=object)
            for one in reversed(every):  # the first unknown condition gives the reason
                reason = np.where(one.code == UNKNOWN, one.why, reason)
            code[here], why[here] = found, np.where(found == UNKNOWN, reason, "")
    return Many(code, why)


def condition_answers(gathered: Gathered, condition: Condition, here: "NDArray[np.int64]", backend: "Backend") -> Many:
    """One condition of the schools at the places `here` in `wanted`."""
    import ibis
    import numpy as np

    from headway.analysis import predicate_tables

    table = ibis.memtable(_operands(gathered, condition, here))
    asked = predicate_tables.answers(table, condition).order_by("line").select("answer", "why")
    found = backend.to_pyarrow(asked)
    said = found["answer"].combine_chunks().dictionary_encode()
    codes = np.array([CODE[one] for one in said.dictionary.to_pylist()], np.int8)
    return Many(codes[said.indices.to_numpy()], found["why"].fill_null("").to_numpy(zero_copy_only=False).astype(object))


def _operands(gathered: Gathered, condition: Condition, here: "NDArray[np.int64]") -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    if isinstance(condition, (Told, GradeIs, OlderThan)):
        columns = _one_by_one(gathered, condition, here)
    else:
        found = gathered.operands(condition)
        numbers = {name: getattr(found, name)[here] for name in ("value", "other", "margin", "n")}
        columns = {name: pa.array(one, pa.float64(), from_pandas=True) for name, one in numbers.items()}
        columns["status"] = pa.array(found.status[here], pa.string())
    return pa.table({**columns, "line": pa.array(np.arange(len(here)), pa.int64())})


def _one_by_one(gathered: Gathered, condition: Told | GradeIs | OlderThan, here: "NDArray[np.int64]") -> "dict[str, pa.Array]":
    """What rests on visits and on entries is looked up school by school; of whom nothing was entered, all have the same answer."""
    import pyarrow as pa

    if isinstance(condition, Told):
        told_of = {urn for urn, kind in gathered.entries if kind == condition.kind}
        silent = gathered.nothing_noted(condition)
        rows = [gathered.noted(condition, at) if gathered.urn(at) in told_of else silent for at in here.tolist()]
    else:
        rows = [gathered.noted(condition, at) for at in here.tolist()]
    return {
        "value": pa.array([one.value for one in rows], pa.float64()),
        **{name: pa.nulls(len(rows), pa.float64()) for name in ("other", "margin", "n")},
        "status": pa.array([one.status.value for one in rows], pa.string()),
    }
