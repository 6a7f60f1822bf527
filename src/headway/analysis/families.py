"""Families of similar schools: for every open school the nearest on intake, by each method of the library, and how firm they are.

A school's intake is the mean of the newest years, its predecessor's where it is younger. A withheld figure is no figure: a
school without one of the variables is in no family and has none, and its line says why.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headway.definitions.families import DEFAULT, Families, Variable, rules_for
from headway.definitions.loading import Library
from headway.store import tables

if TYPE_CHECKING:
    import numpy as np
    from ibis.backends.duckdb import Backend
    from numpy.typing import NDArray

    from headway.stats.similar import Nearest

    Floats = NDArray[np.float64]

MOST_HAVE = 0.9  # an optional variable is used where this share of the schools has it
HALF = 0.5  # a year counts as the newest when this share of the phase's schools have every variable
SEED = 20_260_901
NO_AGES, NO_RULE, NO_YEAR, ALONE = (
    "no list tells its age range", "no families are worked out for its phase", "too few schools of its phase have intake figures",
    "no other school of its phase and age range has intake figures",
)  # fmt: skip
STATE = ("maintained", "academy")

# Each open school's readings of the whole year group, its predecessors' in their years where it has none of its own.
KNOWN = """
CREATE OR REPLACE TEMP TABLE family_known AS
WITH school AS (SELECT urn, phase FROM establishment WHERE status = 'open' AND governance IN ('maintained', 'academy')),
known AS (SELECT place::BIGINT AS urn, measure, year, value FROM reading WHERE level = 'school' AND cut = 'all' AND value IS NOT NULL),
own AS (SELECT k.* FROM known k JOIN school USING (urn)),
past AS (
    SELECT c.urn, k.measure, k.year, arg_min(k.value, (2100 - c.to_year, k.urn)) AS value
    FROM chain c JOIN school s ON s.urn = c.urn JOIN known k ON k.urn = c.of_urn AND k.year BETWEEN c.from_year AND c.to_year
    GROUP BY ALL
)
SELECT * FROM own UNION ALL SELECT p.* FROM past p ANTI JOIN own o USING (urn, measure, year)
"""
SCHOOLS = """
SELECT urn, phase, age_low, age_high FROM establishment WHERE status = 'open' AND governance IN ('maintained', 'academy') ORDER BY urn
"""
INPUTS = """
SELECT urn, measure, avg(value) AS value FROM family_intake JOIN (SELECT urn FROM establishment WHERE phase = ?) USING (urn)
WHERE measure = ANY(?) AND year BETWEEN ? AND ? GROUP BY urn, measure
"""
MADE = {
    "family": "urn INTEGER, method VARCHAR, year SMALLINT, members INTEGER[], distances FLOAT[], last_year INTEGER[]",
    "family_of": "urn INTEGER, method VARCHAR, year SMALLINT, phase VARCHAR, ages VARCHAR, members SMALLINT, inside_caliper SMALLINT, "
    "furthest DOUBLE, overlap_last_year DOUBLE, stability DOUBLE, reason VARCHAR",
    "family_rule": "phase VARCHAR, method VARCHAR, year SMALLINT, measure VARCHAR, weight DOUBLE, mean DOUBLE, sd DOUBLE",
    "family_input": "urn INTEGER, year SMALLINT, measure VARCHAR, value DOUBLE",
    "family_value": "phase VARCHAR, measure VARCHAR, year SMALLINT, readings BLOB",
}

COLUMNS = {name: [part.split()[0] for part in columns.split(", ")] for name, columns in MADE.items()}


@dataclass(frozen=True)
class School:
    """An open state-funded school: its phase and the ages it is for."""

    urn: int
    phase: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Intake:
    """The schools of a phase that have every variable, in the order of their URNs, and what is known of them."""

    urns: "NDArray[np.int64]"
    values: "Floats"  # (schools, variables), as published
    z: "Floats"  # transformed and standardised
    noise: "Floats"  # how far chance moves z, given the roll
    mean: "Floats"
    sd: "Floats"


def families(backend: "Backend", library: Library) -> None:
    """Fill `family`, `family_of`, `family_rule`, `family_input` and `family_value` from `reading`, `establishment` and `chain`."""
    con = backend.con
    for name, columns in MADE.items():
        con.execute(f"CREATE TABLE {name} ({columns})")
    if not (tables.exists(con, "establishment") and tables.exists(con, "chain")):
        return
    con.execute(KNOWN)
    wanted = sorted({one.measure for rule in library.families.values() for one in rule.variables})
    con.execute("CREATE OR REPLACE TEMP TABLE family_intake AS SELECT * FROM family_known WHERE measure = ANY(?)", [wanted])
    schools = [School(*row) for row in con.execute(SCHOOLS).fetchall()]
    phases: dict[str, list[School]] = {}
    for school in schools:
        phases.setdefault(school.phase, []).append(school)
    con.begin()  # one write for all of them
    for phase, listed in sorted(phases.items()):
        _phase(backend, library, phase, listed)
    con.commit()
    con.execute("DROP TABLE family_known; DROP TABLE family_intake")


def _phase(backend: "Backend", library: Library, phase: str, schools: list[School]) -> None:
    rules = rules_for(library.families, phase)
    if not rules:
        _without(backend, schools, "", 0, NO_RULE)
        return
    for rule in {one.id: one for one in rules.values()}.values():
        methods = [name for name, one in rules.items() if one.id == rule.id]
        year = _newest(backend, rule, schools)
        if year is None:
            for method in methods:
                _without(backend, schools, method, 0, NO_YEAR)
            continue
        _rule(backend, rule, methods, phase, schools, year)
    _values(backend, phase, [school.urn for school in schools])


def _newest(backend: "Backend", rule: Families, schools: list[School]) -> int | None:
    """The newest year in which half the schools of the phase have every variable that is not optional."""
    wanted = [one.measure for one in rule.variables if not one.optional]
    sql = """SELECT year FROM (
        SELECT year, measure, count(*) AS many FROM family_intake k JOIN establishment e USING (urn)
        WHERE measure = ANY(?) AND e.phase = ANY(?) GROUP BY ALL
    ) GROUP BY year HAVING count(*) = ? AND min(many) >= ? ORDER BY year DESC LIMIT 1"""
    found = backend.con.execute(sql, [wanted, list(rule.phases), len(wanted), HALF * len(schools)]).fetchall()
    return int(found[0][0]) if found else None


def _rule(backend: "Backend", rule: Families, methods: list[str], phase: str, schools: list[School], year: int) -> None:
    """Every method of one file for one phase: this year's families, and their overlap with those of the year before."""
    known = {when: _inputs(backend, rule, phase, when) for when in (year, year - 1)}
    variables = _used(rule, known[year], schools)
    now, before = (_intake(known[when], variables, schools) for when in (year, year - 1))
    if now is None:
        for method in methods:
            _without(backend, schools, method, year, NO_YEAR)
        return
    _keep_inputs(backend, now, variables, year)
    for method in methods:
        weights = [rule.methods[method].weights[one.measure] for one in variables]
        _keep_rule(backend, phase, method, year, variables, weights, now)
        _method(backend, rule, method, schools, year, weights, (now, before))


def _inputs(backend: "Backend", rule: Families, phase: str, year: int) -> dict[str, dict[int, float]]:
    """Measure → URN → the mean of the years that have a figure, up to `year`."""
    wanted = [one.measure for one in rule.variables]
    found: dict[str, dict[int, float]] = {measure: {} for measure in wanted}
    for urn, measure, value in backend.con.execute(INPUTS, [phase, wanted, year - rule.years + 1, year]).fetchall():
        found[measure][urn] = value
    return found


def _used(rule: Families, known: dict[str, dict[int, float]], schools: list[School]) -> list[Variable]:
    def common(one: Variable) -> bool:
        return sum(school.urn in known[one.measure] for school in schools) >= MOST_HAVE * len(schools)

    return [one for one in rule.variables if not one.optional or common(one)]


def _intake(known: dict[str, dict[int, float]], variables: list[Variable], schools: list[School]) -> Intake | None:
    import numpy as np

    from headway.stats import similar

    whole = [school.urn for school in schools if all(school.urn in known[one.measure] for one in variables)]
    if len(whole) < 2:
        return None
    values = np.array([[known[one.measure][urn] for one in variables] for urn in whole], dtype=np.float64)
    roll = next((values[:, place] for place, one in enumerate(variables) if one.transform == "log"), np.full(len(whole), np.inf))
    moved = np.column_stack([_transformed(values[:, place], one) for place, one in enumerate(variables)])
    scale = similar.scale(moved)
    chance = np.column_stack([_chance(values[:, place], roll, one) for place, one in enumerate(variables)])
    noise = np.divide(chance, scale.sd, out=np.zeros_like(chance), where=scale.sd > 0)
    return Intake(np.array(whole, dtype=np.int64), values, scale.of(moved), noise, scale.mean, scale.sd)


def transformed(value: Any, transform: str) -> Any:
    """A figure on the scale on which schools are compared; shares below 0 do not occur, and a roll of 0 counts as 1."""
    import numpy as np

    if transform == "square_root":
        return np.sqrt(np.maximum(value, 0.0))
    return np.log(np.maximum(value, 1.0)) if transform == "log" else value


def _transformed(values: "Floats", variable: Variable) -> Any:
    return transformed(values, variable.transform)


def _chance(values: "Floats", roll: "Floats", variable: Variable) -> Any:
    """The standard deviation that chance gives the transformed figure of a school of that roll: of a share in per cent √((100 − p)/n)/2
    on the scale of square roots, of the roll itself 1/√n on that of logarithms. Others are taken as exact."""
    import numpy as np

    pupils = np.maximum(roll, 1.0)
    if variable.transform == "square_root":
        return np.sqrt(np.maximum(100.0 - values, 0.0) / pupils) / 2
    return 1 / np.sqrt(pupils) if variable.transform == "log" else np.zeros(len(values))


def _method(
    backend: "Backend",
    rule: Families,
    method: str,
    schools: list[School],
    year: int,
    weights: list[float],
    intakes: tuple[Intake, Intake | None],
) -> None:
    now, before = intakes
    groups: dict[tuple[int, int], list[int]] = {}
    for school in schools:
        ages = rule.age_range(school.low, school.high)
        if ages is not None:
            groups.setdefault(ages, []).append(school.urn)
    told = {urn for listed in groups.values() for urn in listed}
    _without(backend, [school for school in schools if school.urn not in told], method, year, NO_AGES)
    of = {school.urn: school for school in schools}
    for ages, listed in sorted(groups.items()):
        _without(backend, [of[urn] for urn in sorted(set(listed) - set(now.urns.tolist()))], method, year, _missing(rule))
        _group(backend, rule, method, of[listed[0]].phase, ages, set(listed), year, weights, now, before)


def _missing(rule: Families) -> str:
    return f"no figure for one or more of its intake measures in {rule.years} years, or too few pupils to publish one"


def _group(
    backend: "Backend", rule: Families, method: str, phase: str, ages: tuple[int, int], group: set[int], year: int, weights: list[float],
    now: Intake, before: Intake | None,
) -> None:  # fmt: skip
    """The families of the schools of one phase and age range: compared with each other only."""
    import numpy as np

    from headway.stats import similar

    here = np.flatnonzero(np.isin(now.urns, list(group)))
    if not len(here):
        return
    share, urns = similar.shares(weights), now.urns[here]
    found = similar.nearest(now.z[here], share, rule.members)
    firm = _firmness(rule, method, now.z[here], now.noise[here], share, found)
    inside = (found.distances <= rule.caliper).sum(axis=1)
    last, last_inside = _last_year(rule, urns, before, group, share)
    members = np.where(found.members == similar.NOBODY, similar.NOBODY, urns[found.members]).astype(np.int32)
    overlap = np.where((last != similar.NOBODY).any(axis=1), similar.overlaps(members, last), np.nan)
    reach = np.where(inside > 0, found.distances[np.arange(len(urns)), np.maximum(inside - 1, 0)], np.nan)
    _keep(backend, method, year, urns, members, found, last_inside)
    numbers = {"furthest": reach, "overlap_last_year": overlap, "stability": firm}
    same = {"method": method, "phase": phase, "ages": f"{ages[0]} to {ages[1]}", "reason": "" if len(urns) > 1 else ALONE}
    counts = {"urn": urns, "year": np.full(len(urns), year), "members": (members != similar.NOBODY).sum(axis=1), "inside_caliper": inside}
    _append(backend, "family_of", counts | {name: [text] * len(urns) for name, text in same.items()} | numbers)


def _firmness(rule: Families, method: str, z: "Floats", noise: "Floats", share: "Floats", found: "Nearest") -> "Floats":
    """The stability of the default method's families; of the others it is asked when wanted, for it costs as much as all else."""
    import numpy as np

    from headway.stats import similar

    if method != DEFAULT or len(z) < 2:
        return np.full(len(z), np.nan)
    return similar.stability(z, noise, share, found.members, redraws=rule.redraws, seed=SEED)


def _last_year(
    rule: Families, urns: "NDArray[np.int64]", before: Intake | None, group: set[int], share: "Floats"
) -> tuple["NDArray[np.int32]", "NDArray[np.int32]"]:
    """The members (URNs) that each school's family had on the intake up to the year before, and those of them inside the caliper; nobody
    where it had none."""
    import numpy as np

    from headway.stats import similar

    found = np.full((len(urns), rule.members), similar.NOBODY, np.int32)
    if before is None or before.z.shape[1] != len(share):
        return found, found
    here = np.flatnonzero(np.isin(before.urns, list(group)))
    then = before.urns[here]
    nearest = similar.nearest(before.z[here], share, rule.members)
    members = np.where(nearest.members == similar.NOBODY, similar.NOBODY, then[nearest.members])
    _, mine, theirs = np.intersect1d(urns, then, return_indices=True)
    inside = found.copy()
    found[mine] = members[theirs]
    inside[mine] = np.where(nearest.distances <= rule.caliper, members, similar.NOBODY)[theirs]
    return found, inside


def _keep(
    backend: "Backend", method: str, year: int, urns: "NDArray[np.int64]", members: "NDArray[np.int32]", found: "Nearest",
    last: "NDArray[np.int32]",
) -> None:  # fmt: skip
    there = members >= 0
    lists = [_lists(there, members), _lists(there, found.distances.astype("float32")), _lists(last >= 0, last)]
    many = len(urns)
    columns = {"members": lists[0], "distances": lists[1], "last_year": lists[2]}
    _append(backend, "family", {"urn": urns, "method": [method] * many, "year": [year] * many, **columns})


def _lists(there: Any, values: Any) -> Any:
    """Those of each row that are there, as lists."""
    import numpy as np
    import pyarrow as pa

    ends = np.concatenate([[0], there.sum(axis=1).cumsum()]).astype(np.int32)
    return pa.ListArray.from_arrays(ends, pa.array(values[there]))


def _keep_inputs(backend: "Backend", now: Intake, variables: list[Variable], year: int) -> None:
    for place, one in enumerate(variables):
        many = len(now.urns)
        _append(
            backend,
            "family_input",
            {"urn": now.urns, "year": [year] * many, "measure": [one.measure] * many, "value": now.values[:, place]},
        )


def _keep_rule(
    backend: "Backend", phase: str, method: str, year: int, variables: list[Variable], weights: list[float], now: Intake
) -> None:
    whole = sum(weights)
    rows = [
        (phase, method, year, one.measure, weight / whole, float(mean), float(sd))
        for one, weight, mean, sd in zip(variables, weights, now.mean, now.sd, strict=True)
    ]
    backend.con.executemany("INSERT INTO family_rule VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _without(backend: "Backend", schools: list[School], method: str, year: int, reason: str) -> None:
    """A line for each school that has no family, with the reason."""
    if schools:
        rows = [(school.urn, method, year, school.phase, "", 0, 0, None, None, None, reason) for school in schools]
        names = COLUMNS["family_of"]
        _append(backend, "family_of", {name: [row[place] for row in rows] for place, name in enumerate(names)})


def _append(backend: "Backend", table: str, columns: dict[str, Any]) -> None:
    """Columns of plain numbers, texts or Arrow lists; NaN is nothing."""
    import numpy as np
    import pyarrow as pa

    told = {
        name: value if isinstance(value, pa.Array) else pa.array(value, from_pandas=isinstance(value, np.ndarray))
        for name, value in columns.items()
    }
    backend.con.from_arrow(pa.table(told).select(COLUMNS[table])).insert_into(table)


def _values(backend: "Backend", phase: str, urns: list[int]) -> None:
    """Every measure and year of the phase's schools as one line of numbers, in the order of the URNs that have a family.

    So that the mean of any family is a look at fifty of them. Single precision: what is published has far fewer figures.
    """
    import numpy as np

    cells = backend.con.execute(
        "SELECT DISTINCT measure, year FROM family_known JOIN establishment e USING (urn) WHERE e.phase = ? ORDER BY ALL", [phase]
    ).fetchall()
    sql = """SELECT urn, value, dense_rank() OVER (ORDER BY measure, year) - 1 AS line
        FROM family_known JOIN establishment e USING (urn) WHERE e.phase = ?"""
    found = backend.con.execute(sql, [phase]).fetchnumpy()
    lines = np.full((len(cells), len(urns)), np.nan, np.float32)
    lines[found["line"], np.searchsorted(np.array(urns), found["urn"])] = found["value"]
    measures, years = zip(*cells, strict=True) if cells else ((), ())
    blobs = [line.tobytes() for line in lines]
    _append(backend, "family_value", {"phase": [phase] * len(cells), "measure": list(measures), "year": list(years), "readings": blobs})
