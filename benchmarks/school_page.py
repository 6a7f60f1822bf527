"""The data of a school's page: CPU of 1,000 random schools, seven times each, beside the same numbers asked live of one wide table.

    python benchmarks/school_page.py [WORKSPACE]

Ours is everything the page says: each measure and cut of each year, comparators, breaks, inspections. The peer
gives less: the newest ten years of forty measures and each one's rank in its year, from one wide DuckDB table.
"""

import gc
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measuring import example, machine

from headway.readings.door import Door, open_door
from headway.readings.profile import profile
from headway.vocabulary.viewer import PUBLIC

SCHOOLS, PEER_SCHOOLS, PASSES, MOST = 1_000, 7, 7, 5.0


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU of all threads of this process."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def high_of(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def told(name: str, times: list[float]) -> float:
    high = high_of(times)
    print(f"  {name}: CPU ms p50 {statistics.median(times):.2f}, p95 {high:.2f}, most {max(times):.2f} (n = {len(times)})")
    return high


def schools_of(door: Door) -> list[tuple[str, str]]:
    """(URN, authority) of schools with values, as many as are measured, the same ones each time."""
    found = door.lookup.rows(
        "SELECT urn::VARCHAR, authority FROM establishment WHERE urn::VARCHAR IN "
        "(SELECT place FROM reading WHERE level = 'school' AND value IS NOT NULL) ORDER BY urn"
    )
    return random.Random(5).sample(found, min(SCHOOLS, len(found)))


def ours(door: Door, chosen: list[tuple[str, str]]) -> float:
    """A cold page is the first of its authority, whose comparators are then kept for the snapshot."""
    profile(door, chosen[0][0], PUBLIC)  # names and chains, once a process
    first = {authority: urn for urn, authority in reversed(chosen[1:]) if authority != chosen[0][1]}
    told("the first page of each authority", [cpu_ms(lambda urn=urn: profile(door, urn, PUBLIC)) for urn in first.values()])
    pages = [profile(door, urn, PUBLIC) for urn, _ in chosen[:50]]
    lines = [page.lines + page.context + page.workforce + page.finance + page.cuts for page in pages]
    each = statistics.median(sum(len(line.own.readings) for line in page) for page in lines)
    passes = [[cpu_ms(lambda urn=urn: profile(door, urn, PUBLIC)) for urn, _ in chosen] for _ in range(PASSES)]
    spread = sorted(high_of(times) for times in passes)
    print(f"  readings on a page: {each:.0f} (median); p95 of each of {PASSES} passes: {spread[0]:.2f} to {spread[-1]:.2f}")
    return told(
        f"a page after it, each school's median of {PASSES} passes", [statistics.median(times) for times in zip(*passes, strict=True)]
    )


def wide_table(door: Door, path: Path) -> list[str]:
    """One row a school and year, forty columns: the measures that most schools have. Their names."""
    import duckdb

    with_values = "reading WHERE level = 'school' AND cut = 'all' AND value IS NOT NULL"
    names = [row[0] for row in door.lookup.rows(f"SELECT measure FROM {with_values} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 40")]
    rows = door.lookup.rows(f"SELECT place, year, measure, value FROM {with_values}")
    import pyarrow as pa

    columns = list(zip(*[row for row in rows if row[2] in set(names)], strict=True))
    long = pa.table(dict(zip(("urn", "year", "measure", "value"), columns, strict=True)))
    with duckdb.connect(str(path)) as con:
        con.register("long", long)
        con.execute("CREATE TABLE wide AS PIVOT long ON measure USING first(value) GROUP BY urn, year ORDER BY urn, year")
    return names


def peer(door: Door, chosen: list[tuple[str, str]], folder: Path) -> float:
    import duckdb

    names = wide_table(door, folder / "wide.duckdb")
    ranks = ", ".join(
        f'"{name}", percent_rank() OVER (PARTITION BY year, "{name}" IS NULL ORDER BY "{name}") AS "{name} rank"' for name in names
    )
    sql = f"SELECT * FROM (SELECT urn, year, {ranks} FROM wide) WHERE urn = ?"
    with duckdb.connect(str(folder / "wide.duckdb"), read_only=True, config={"threads": 2}) as con:
        con.execute(sql, [chosen[0][0]]).fetchall()
        times = [cpu_ms(lambda urn=urn: con.execute(sql, [urn]).fetchall()) for urn, _ in chosen[1 : PEER_SCHOOLS + 1]]
    return told(f"peer, asked live of one wide table ({len(names)} measures)", times)


def main() -> None:
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else example()
    gc.set_threshold(50_000, 20, 50)  # as site/wsgi.py does
    door = open_door(home.resolve())
    chosen = schools_of(door)
    print(f"  {machine()}")
    warm = ours(door, chosen)
    with tempfile.TemporaryDirectory() as folder:
        live = peer(door, chosen, Path(folder))
    print(f"  p95 at most {MOST} ms: {'met' if warm <= MOST else 'NOT met'} ({warm:.2f}); the peer's is {live / warm:.1f} times ours")


if __name__ == "__main__":
    main()
