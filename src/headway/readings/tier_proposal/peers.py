"""The family of each school that is sorted: today's, or for a past day the one that the intake known then makes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.analysis.families import MOST_HAVE, transformed
from headway.definitions.families import DEFAULT, Families, rules_for
from headway.readings.tier_proposal.figures import Asked, Figures, figures
from headway.stats import similar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HALF = 0.5
ONE_BY_ONE = 1_500  # wanted schools of a group; beyond, all pairs are compared together
NOBODY = similar.NOBODY


@dataclass(frozen=True, eq=False)
class Peers:
    """Row i: the places of the family of the i-th school asked for, −1 for nobody; `fewest` members with a figure make a mean."""

    members: "NDArray[np.int64]"
    fewest: "NDArray[np.int64]"


def peers(asked: Asked, wanted: "NDArray[np.int64]") -> Peers:
    """By the default method of each phase. `wanted` are places in `asked.schools`."""
    import numpy as np

    rules = {phase: rules_for(asked.door.library.families, phase).get(DEFAULT) for phase in set(asked.schools.phase[wanted].tolist())}
    widest = max((rule.members for rule in rules.values() if rule), default=1)
    found = Peers(
        np.full((len(wanted), widest), NOBODY), np.array([getattr(rules[one], "fewest", 1) for one in asked.schools.phase[wanted]])
    )
    if asked.known is None:
        _stored(asked, wanted, found)
        return found
    known: dict[str, Figures] = {}  # phases are likened by much the same measures
    for phase, rule in rules.items():
        if rule is not None:
            known |= {one.measure: figures(asked, one.measure) for one in rule.variables if one.measure not in known}
            _then(asked, phase, rule, known, wanted, found)
    return found


def _stored(asked: Asked, wanted: "NDArray[np.int64]", found: Peers) -> None:
    import numpy as np

    if "family" not in asked.door.lookup.tables:
        return
    sql = """SELECT f.urn, f.members[1:o.inside_caliper] AS members FROM family f JOIN family_of o USING (urn, method)
        WHERE method = ? AND list_contains(?, f.urn)"""
    row = {int(urn): at for at, urn in enumerate(asked.schools.urn[wanted])}
    for urn, members in asked.door.lookup.rows(sql, [DEFAULT, list(row)]):
        places = asked.schools.places(np.array(members or [], np.int64))
        found.members[row[urn], : len(places)] = places


def _then(
    asked: Asked, phase: str, rule: Families, figured: dict[str, Figures], wanted: "NDArray[np.int64]", found: Peers
) -> None:  # fmt: skip
    """Schools of one phase by the intake of the newest year in which half of them had it."""
    import numpy as np

    here = np.flatnonzero(asked.schools.phase == phase)
    known = {one.measure: figured[one.measure] for one in rule.variables}
    line = _newest(rule, known, here)
    if line is None:
        return
    means = {name: _mean(one.value[line : line + rule.years][:, here]) for name, one in known.items()}
    used = [one for one in rule.variables if not one.optional or np.isfinite(means[one.measure]).mean() >= MOST_HAVE]
    values = np.column_stack([transformed(means[one.measure], one.transform) for one in used])
    share = similar.shares([rule.methods[DEFAULT].weights[one.measure] for one in used])
    ages = _ages(asked, rule, asked.schools.urn[here].tolist())
    whole = np.isfinite(values).all(axis=1)
    groups: dict[tuple[int, int] | None, list[int]] = {}
    for at in np.flatnonzero(whole).tolist():
        groups.setdefault(ages[at], []).append(at)
    if whole.sum() < 2:
        return
    z = np.zeros_like(values)
    z[whole] = similar.scale(values[whole]).of(values[whole])
    row = np.full(len(asked.schools.urn), NOBODY)
    row[wanted] = np.arange(len(wanted))
    for group in (groups[one] for one in groups if one is not None):
        _group(z[group], share, rule, here[group], row, found)


def _group(z: "Floats", share: "Floats", rule: Families, places: "NDArray[np.int64]", row: "NDArray[np.int64]", found: Peers) -> None:
    """`row` is the line of each place among those asked for. The nearest stand first, so that those inside the caliper do too."""
    import numpy as np

    asked_for = np.flatnonzero(row[places] != NOBODY)
    if len(places) < 2 or not len(asked_for):
        return
    if len(asked_for) <= ONE_BY_ONE:
        for at in asked_for.tolist():
            members, distances = similar.nearest_of(at, z, share, rule.members)
            inside = members[distances <= rule.caliper]
            found.members[row[places[at]], : len(inside)] = places[inside]
        return
    every = similar.nearest(z, share, rule.members)
    near, distances = every.members[asked_for], every.distances[asked_for]
    with np.errstate(invalid="ignore"):
        inside = (near != NOBODY) & (distances <= rule.caliper)
    found.members[row[places[asked_for]], : near.shape[1]] = np.where(inside, places[near], NOBODY)


def _newest(rule: Families, known: dict[str, Figures], here: "NDArray[np.int64]") -> int | None:
    import numpy as np

    wanted = [known[one.measure] for one in rule.variables if not one.optional]
    for line in range(len(wanted[0].years)):
        if all(np.isfinite(one.value[line, here]).mean() >= HALF for one in wanted):
            return line
    return None


def _mean(values: "Floats") -> "Floats":
    import numpy as np

    there = np.isfinite(values)
    total, many = np.where(there, values, 0.0).sum(axis=0), there.sum(axis=0)
    found: Floats = np.divide(total, many, out=np.full(values.shape[1], np.nan), where=many > 0)
    return found


def _ages(asked: Asked, rule: Families, urns: list[int]) -> list[tuple[int, int] | None]:
    """The range of ages that each school's own counts for."""
    if "ages of schools" not in asked.door.kept:
        rows = asked.door.lookup.rows("SELECT urn, age_low, age_high FROM establishment")
        asked.door.kept["ages of schools"] = {urn: (low, high) for urn, low, high in rows}
    own: dict[int, tuple[int | None, int | None]] = asked.door.kept["ages of schools"]
    ranges = {ages: rule.age_range(*ages) for ages in set(own.values())}
    return [ranges[own[urn]] if urn in own else None for urn in urns]
