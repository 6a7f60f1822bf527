"""What the second opinion sees: the figures behind the signals, each beside the schools of its phase, and dated facts of the school."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.analysis.predicates import TWO_SIDED
from headway.definitions.predicates import GradeIs, OlderThan, Told
from headway.definitions.tiers import Way
from headway.readings.tier_proposal.asking import YEAR, Gathered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FURTHEST = 4.0  # standard deviations: one strange figure must not decide


@dataclass(frozen=True, eq=False)
class Inputs:
    """Shape (schools, titles). What is unknown is 0, the mean, beside an input of its own that says so."""

    titles: tuple[str, ...]
    values: "Floats"


def inputs(gathered: Gathered, roll: "Floats", deprivation: "Floats") -> Inputs:
    """Of every school asked for, with what was known on the day."""
    import numpy as np

    columns: dict[str, Floats] = {}
    for signal in gathered.question.scheme.signals.values():
        found = _measured(gathered, signal.ways)
        if found is not None and np.isfinite(found).any():
            _add(columns, signal.title, found)
    age = np.array([_age(gathered, at) for at in range(len(gathered.wanted))])
    best = np.array([_best(gathered, at) for at in range(len(gathered.wanted))])
    _add(columns, "Years since the newest graded inspection", age)
    _add(columns, "The newest graded inspection gave the best grade", best)
    _add(columns, "Number of pupils", _beside_phase(gathered, np.log(np.maximum(roll, 1))))
    _add(columns, "Pupils from poorer families", _beside_phase(gathered, deprivation))
    return Inputs(tuple(columns), np.column_stack(list(columns.values())))


def _add(columns: "dict[str, Floats]", title: str, values: "Floats") -> None:
    import numpy as np

    unknown = ~np.isfinite(values)
    columns[title] = np.where(unknown, 0.0, values)
    if unknown.any() and not unknown.all():
        columns[f"{title}: not known"] = unknown.astype(float)


def _measured(gathered: Gathered, ways: tuple[Way, ...]) -> "Floats | None":
    """The signal's first condition on a measure, phase by phase: a gap, a position, or a change."""
    import numpy as np

    found, any_of_it = np.full(len(gathered.wanted), np.nan), False
    phase = gathered.schools.phase[gathered.wanted]
    for way in ways:
        measured = next((one for one in way.conditions if not isinstance(one, (GradeIs, OlderThan, Told))), None)
        if measured is not None:
            here, any_of_it = np.isin(phase, way.phases), True
            operands = gathered.operands(measured)
            two_sided = measured.predicate in TWO_SIDED
            found[here] = (operands.value - operands.other if two_sided else operands.value)[here]
    return _beside_phase(gathered, found) if any_of_it else None


def _beside_phase(gathered: Gathered, values: "Floats") -> "Floats":
    """Standard deviations from the mean of the schools of the phase that have a figure."""
    import numpy as np

    found = np.full(len(values), np.nan)
    phase = gathered.schools.phase[gathered.wanted]
    for one in set(phase.tolist()):
        here = (phase == one) & np.isfinite(values)
        spread = values[here].std() if here.sum() > 1 else 0.0
        if spread > 0:
            found[here] = np.clip((values[here] - values[here].mean()) / spread, -FURTHEST, FURTHEST)
    return found


def _age(gathered: Gathered, at: int) -> float:
    visit = gathered.visits.get(gathered.urn(at))
    return (gathered.question.day - visit.inspected).days / YEAR if visit else float("nan")


def _best(gathered: Gathered, at: int) -> float:
    visit = gathered.visits.get(gathered.urn(at))
    return float(visit.grades.get("overall_effectiveness") == "1") if visit else float("nan")
