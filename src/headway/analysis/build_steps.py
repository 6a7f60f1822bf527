"""The steps of a build, in order: who the schools are, readings, the best of each, positions, comparators, order."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from headway.analysis import (
    area_steps,
    boundaries,
    chains,
    comparators,
    establishments,
    formulas,
    inspection_shares,
    inspections,
    positions,
    readings,
    spreads,
    texts,
)
from headway.definitions.loading import Library
from headway.store import engine, tables
from headway.store.landed import LandedFile
from headway.vocabulary.status import Release

if TYPE_CHECKING:
    import duckdb
    from ibis.backends.duckdb import Backend

EARLY = str(Release.EARLY)
Told = Callable[[str, int, int], None]


def silent(what: str, done: int, of: int) -> None:
    """Nobody watches."""


def run(con: "duckdb.DuckDBPyConnection", files: list[LandedFile], library: Library, areas: tuple[str, ...], told: Told) -> None:
    """Fill a new snapshot. `con` is open on its partial file."""
    import ibis

    ibis.options.interactive = False
    backend = engine.expressions(con)
    tables.record_files(con, files)
    _who(backend, files, library, told)
    read(backend, files, library, told)
    told("reading inspections", len(files), len(files))
    inspections.inspections(backend, files, library)
    told("choosing the newest release of each", len(files), len(files))
    _choose(backend)
    inspection_shares.shares(backend)
    told("adding schools up to their areas", len(files), len(files))
    area_steps.aggregates(backend, library)
    area_steps.reconcile(backend)
    _compare(backend, files, library, told)
    _spread(backend, library)
    told("packing for look-up", len(files), len(files))
    tables.finish(con)


def _who(backend: "Backend", files: list[LandedFile], library: Library, told: Told) -> None:
    """Establishments, chains, inspections, boundaries. They may add worked-out readings to `candidate`."""
    told("putting the school lists together", 0, len(files))
    establishments.establishments(backend, files, library.lists.get("authorities"), library.lists.get("authority_changes"))
    chains.chains(backend, files)
    told("reading inspections and boundaries", 0, len(files))
    boundaries.boundaries(backend, files)


def read(backend: "Backend", files: list[LandedFile], library: Library, told: Told = silent) -> None:
    """Every reading that the files supply as the table `candidate`: texts first, then all of them cleaned together."""
    tables.empty(backend, "text", texts.SCHEMA)
    area_steps.start(backend)
    wanted = texts.Wanted()
    groups = texts.alike(files)
    for position, group in enumerate(groups):
        told(f"reading {group[0].source_name}", position, len(groups))
        cells = tables.cells_together(backend, group)
        area_steps.members_in(backend, cells, group[0], library)
        found = texts.texts(cells, group[0], library, wanted)
        if found is not None:
            tables.append(backend, "text", found)
    told("cleaning", len(files), len(files))
    facts = {"want": wanted.facts(), "file_fact": texts.file_facts(files), "marker": texts.marker_facts(library)}
    for name, known in facts.items():
        tables.keep(backend, name, known)
    tables.create(backend, "numbered", readings.numbers(backend.table("text"), backend.table("want"), backend.table("file_fact")))
    tables.create(backend, "candidate", readings.clean(backend.table("numbered"), backend.table("marker")))
    tables.drop(backend, "text", "numbered", *facts)
    _work_out(backend)


def _work_out(backend: "Backend") -> None:
    """Put what a formula makes of an amount in the amount's place. In the table itself: it is large."""
    candidate = backend.table("candidate")
    plain = candidate.filter(candidate.formula == "").drop("formula")
    for name, formula in formulas.FORMULAS.items():
        tables.create(backend, f"worked_{name}", formula(candidate.filter(candidate.formula == name).drop("formula"), plain))
    backend.con.execute("DELETE FROM candidate WHERE formula <> ''; ALTER TABLE candidate DROP COLUMN formula")
    for name in formulas.FORMULAS:
        tables.append(backend, "candidate", backend.table(f"worked_{name}"))
        tables.drop(backend, f"worked_{name}")


def _choose(backend: "Backend") -> None:
    """Turn `candidate` into `chosen`, one published reading a cell, with the rivals of each kept as `vintage`.

    What loses is taken out where it stands, since nearly every reading stays.
    """
    key = ["level", "place", "measure", "year", "cut"]
    tables.create(backend, "rival", readings.rivals(backend.table("candidate")))
    rival = backend.table("rival")
    published = rival.filter(rival.release != EARLY)
    tables.create(backend, "loser", published.anti_join(readings.best(published), "line").select("line"))
    tables.create_sorted(backend, "vintage", rival.drop("line"))
    candidate = backend.table("candidate")
    tables.create(backend, "early", readings.best(candidate.filter(candidate.release == EARLY)))
    backend.con.execute("DELETE FROM candidate WHERE release = ? OR rowid IN (SELECT line FROM loser)", [EARLY])
    backend.con.execute("ALTER TABLE candidate RENAME TO chosen")
    valued = backend.table("chosen").filter(lambda t: t.value.notnull())
    tables.create_sorted(backend, "early_reading", backend.table("early").anti_join(valued, key))
    tables.drop(backend, "rival", "loser", "early")


def _spread(backend: "Backend", library: Library) -> None:
    """How the truths of a phase's schools lie, from which a school's place has its margin."""
    if tables.exists(backend.con, "establishment_year"):
        known = backend.con.sql(spreads.SQL, params=[spreads.YEARS, spreads.FEWEST]).to_arrow_table()
        tables.keep(backend, "spread", spreads.spreads(known, library.measures))


def _compare(backend: "Backend", files: list[LandedFile], library: Library, told: Told) -> None:
    told("working out positions", len(files), len(files))
    phased = positions.with_phase(backend.table("chosen"), tables.phases(backend))
    tables.create(backend, "position", positions.shares(phased))
    tables.create_sorted(backend, "reading", positions.with_positions(phased, backend.table("position")))
    tables.drop(backend, "chosen", "position")
    told("averaging statistical neighbours", len(files), len(files))
    tables.create(backend, "neighbour", comparators.neighbours(tables.lookups(backend, files, "comparators.statistical_neighbours")))
    means = comparators.neighbour_means(backend.table("reading"), backend.table("neighbour"))
    tables.create_sorted(backend, "neighbour_reading", means)
