"""The steps of a build, in order: who the schools are, readings, the best of each, positions, comparators, order."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from headway.analysis import area_steps, boundaries, chains, comparators, establishments, formulas, positions, readings
from headway.definitions.loading import Library
from headway.store import engine, tables
from headway.store.landed import LandedFile
from headway.vocabulary.status import Release

if TYPE_CHECKING:
    import duckdb
    from ibis.backends.duckdb import Backend

Told = Callable[[str, int, int], None]


def run(con: "duckdb.DuckDBPyConnection", files: list[LandedFile], library: Library, areas: tuple[str, ...], told: Told) -> None:
    """Fill a new snapshot. `con` is open on its partial file."""
    import ibis

    ibis.options.interactive = False
    backend = engine.expressions(con)
    tables.record_files(con, files)
    tables.empty(backend, "candidate", readings.SCHEMA)
    area_steps.start(backend)
    _who(backend, files, library, told)
    for position, file in enumerate(files):
        told(f"reading {file.source_name}", position, len(files))
        cells = tables.cells(backend, file)
        area_steps.members_in(backend, cells, file, library)
        found = readings.candidates(cells, file, library)
        if found is not None:
            tables.append(backend, "candidate", found)
    _work_out(backend, files, library)
    told("choosing the newest release of each", len(files), len(files))
    _choose(backend)
    told("adding schools up to their areas", len(files), len(files))
    area_steps.aggregates(backend, library)
    area_steps.reconcile(backend)
    _compare(backend, files, library, told)
    told("sorting for look-up", len(files), len(files))
    tables.finish(con)


def _who(backend: "Backend", files: list[LandedFile], library: Library, told: Told) -> None:
    """Establishments, chains, inspections, boundaries. They may add worked-out readings to `candidate`."""
    told("putting the school lists together", 0, len(files))
    establishments.establishments(backend, files, library.lists.get("authorities"))
    chains.chains(backend, files)
    told("reading inspections and boundaries", 0, len(files))
    boundaries.boundaries(backend, files)


def _work_out(backend: "Backend", files: list[LandedFile], library: Library) -> None:
    """Readings by a registered formula, from the candidates that are there."""
    for name, formula in formulas.FORMULAS.items():
        for file in files:
            amount = readings.candidates(tables.cells(backend, file), file, library, formula=name)
            if amount is not None:
                tables.append(backend, "candidate", formula(amount, backend.table("candidate")))


def _choose(backend: "Backend") -> None:
    candidate = backend.table("candidate")
    public = candidate.filter(candidate.release != str(Release.EARLY))
    tables.create(backend, "chosen", readings.best(public))
    early = readings.best(candidate.filter(candidate.release == str(Release.EARLY)))
    key = ["level", "place", "measure", "year", "cut"]
    chosen = backend.table("chosen").filter(lambda t: t.value.notnull())
    tables.create(backend, "early_reading", early.anti_join(chosen, key))


def _compare(backend: "Backend", files: list[LandedFile], library: Library, told: Told) -> None:
    told("working out positions", len(files), len(files))
    phased = positions.with_phase(backend.table("chosen"), tables.phases(backend))
    tables.create(backend, "position", positions.shares(phased))
    tables.create(backend, "reading", positions.with_positions(phased, backend.table("position")))
    told("averaging statistical neighbours", len(files), len(files))
    tables.create(backend, "neighbour", comparators.neighbours(tables.lookups(backend, files, "comparators.statistical_neighbours")))
    tables.create(backend, "neighbour_reading", comparators.neighbour_means(backend.table("reading"), backend.table("neighbour")))
