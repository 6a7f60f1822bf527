"""A national set, 24,000 schools × 300 columns × 10 years: landing beside a bare DuckDB, ranks beside Polars."""

import csv
import random
import sys
import tempfile
from pathlib import Path

from measuring import Sample, interleaved, python, ratio, tell

from headway.definitions.loading import Library, library_for
from headway.store.landed import LandedFile
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release

SCHOOLS, COLUMNS, YEARS = 24_000, 300, range(2009, 2019)
FIXED = ["RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TELIG"]

LAND = """
import sys, shutil
from pathlib import Path
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader
from headway.store.workspace import create, one_writer
home = Path(sys.argv[2]); shutil.rmtree(home, ignore_errors=True)
space = create(home, ["330"])
with one_writer(space, "load"):
    rows = Loader(space, library_for()).load([Path(sys.argv[1])])
faults = [row.reason for row in rows if row.outcome != "landed"]
assert not faults and len(rows) == 10, faults
assert sum(row.rows for row in rows) == 240_000
"""
BARE = """
import sys, duckdb
from pathlib import Path
out = Path(sys.argv[2]); out.mkdir(exist_ok=True)
con = duckdb.connect(config={"threads": 2})
for path in sorted(Path(sys.argv[1]).rglob("*.csv")):
    con.execute(f"COPY (SELECT * FROM read_csv('{path}')) TO '{out / path.parent.name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
"""
OURS = """
import sys
from pathlib import Path
from headway.analysis import positions
from headway.store import engine, tables
path = Path(sys.argv[3]); path.unlink(missing_ok=True)
con = engine.working(path, scratch=path.parent)
backend = engine.expressions(con)
phased = positions.with_phase(backend.read_parquet(sys.argv[1]), backend.read_parquet(sys.argv[2]))
tables.create(backend, "position", positions.shares(phased))
tables.create_sorted(backend, "reading", positions.with_positions(phased, backend.table("position")))
told = "sum((position * 480000)::BIGINT * (rowid % 97 + 1)), count(position), sum(position_of)"
told += ", any_value(authority || place) FILTER (rowid = 5000000)"
print(con.execute(f"SELECT {told} FROM reading").fetchone())
"""
POLARS = """
import sys, polars as pl
group = ["measure", "year", "cut", "phase"]
frame = pl.scan_parquet(sys.argv[1]).join(pl.scan_parquet(sys.argv[2]), on=["place", "year"], how="left")
rank = pl.col("value").rank("average").over(group)
frame = frame.with_columns(position_of=pl.col("value").count().over(group), rank=rank)
frame = frame.with_columns(position=(pl.col("rank") - 0.5) / pl.col("position_of")).drop("rank")
done = frame.sort("level", "measure", "cut", "authority", "place", "year").collect()
done.write_parquet(sys.argv[3], compression="zstd", compression_level=1)
weight = pl.int_range(pl.len()) % 97 + 1
told = done.select(
    ((pl.col("position") * 480000).round().cast(pl.Int64) * weight).sum().alias("a"), pl.col("position").count().alias("b"),
    pl.col("position_of").cast(pl.Int64).sum(), pl.concat_str("authority", "place").get(5000000))
print(told.row(0))
"""


def make_files(folder: Path) -> None:
    """Ten years of one wide school table, 6% of its cells withheld or empty, the same cells each time."""
    chance = random.Random(24)
    library = library_for()
    pretend = LandedFile("", "performance_tables.ks2", "full", "", "", AcademicYear(2017), None, Release.FINAL, (), 0)
    ranges = _ranges(library, pretend)
    wanted = sorted(ranges)
    header = [*FIXED, *[name for name in wanted if name not in FIXED]]
    header += [f"EXTRA_{number}" for number in range(COLUMNS - len(header))]
    pools = [_pool(*ranges.get(name, (0.0, 100.0))) for name in header[len(FIXED) :]]
    known = library.lists["authorities"].items()
    codes = sorted(code for code, one in known if "from" not in one and "until" not in one)
    for year in YEARS:
        path = folder / f"{year}-{(year + 1) % 100:02d}" / "england_ks2final.csv"
        path.parent.mkdir(parents=True)
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for school in range(SCHOOLS):
                cells = [pool[int(chance.random() * len(pool))] for pool in pools]
                writer.writerow(
                    ["1", codes[school * len(codes) // SCHOOLS], 2000 + school % 7999, 100_000 + school, f"School {school}", 30, *cells]
                )


def _pool(low: float, high: float) -> list[str]:
    """Cells of a column: numbers within the range of what it is for, 6% withheld or empty."""
    return [f"{low + (high - low) * part / 1000:.1f}" for part in range(1000)] + ["SUPP"] * 40 + [""] * 24


def _ranges(library: Library, pretend: LandedFile) -> dict[str, tuple[float, float]]:
    """The columns that some measure takes from the table, each with what its numbers may be: a part lies below its whole."""
    wholes = {measure.part_of for measure in library.measures.values()}
    found: dict[str, tuple[float, float]] = {}
    for measure in library.measures.values():
        for supply in (supply for period in measure.periods for supply in period.supplies if supply.table == pretend.table):
            for columns in (supply, *supply.cuts.values()):
                if columns.value:
                    low, high = found.get(columns.value, (-1e9, 1e9))
                    own = measure.range or (0.0, 100.0)
                    middle = (own[0] + own[1]) / 2
                    own = (own[0], middle) if measure.part_of else (middle, own[1]) if measure.id in wholes else own
                    found[columns.value] = (max(low, own[0]), min(high, own[1]))
                if columns.denominator:
                    found.setdefault(columns.denominator, (1.0, 60.0))
    return found


def make_readings(folder: Path) -> None:
    """9.6 million readings: 24,000 schools × 40 measures × 10 years, in the columns of a snapshot; and who the schools are."""
    import duckdb

    con = duckdb.connect()
    con.execute(
        f"""COPY (SELECT (100000 + s)::VARCHAR AS place, (2009 + y)::SMALLINT AS year,
        CASE WHEN s % 7 = 0 THEN 'secondary' ELSE 'primary' END AS phase, (201 + hash(s) % 153)::VARCHAR AS authority
        FROM range(24000) a(s), range(10) c(y)) TO '{folder / "phases.parquet"}' (FORMAT parquet)"""
    )
    con.execute(
        f"""COPY (SELECT 'school' AS level, (100000 + s)::VARCHAR AS place, 'made.m' || m AS measure,
        (2009 + y)::SMALLINT AS year, 'all' AS cut,
        round(50 + 15 * sin(s * 12.9898 + m * 78.233 + y * 3.7) + 10 * cos(s * 0.37 + m), 1) AS value
        FROM range(24000) a(s), range(40) b(m), range(10) c(y)) TO '{folder / "readings.parquet"}' (FORMAT parquet)"""
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_files(folder / "files")
        size = sum(path.stat().st_size for path in (folder / "files").rglob("*.csv")) / 1024**2
        print(f"  ten files, {size:,.0f} MiB")
        ours, peer = interleaved(
            lambda: python(LAND, folder / "files", folder / "home"), lambda: python(BARE, folder / "files", folder / "bare")
        )
        tell("landing and screening", ours, peer, "bare DuckDB read_csv to Parquet")
        print(f"  {ratio(ours, peer, 1.5)}")
        make_readings(folder)
        given = [folder / "readings.parquet", folder / "phases.parquet"]

        def ranks() -> Sample:
            return python(OURS, *given, folder / "ranks.duckdb")

        def polars() -> Sample:
            return python(POLARS, *given, folder / "ranks.parquet")

        ours, peer = interleaved(ranks, polars)
        tell("9.6 million readings: phase and authority joined, positions, put in order, written", ours, peer, "Polars, the same")
        print(f"  {ratio(ours, peer, 1.5)}")
        assert ours[0].out == peer[0].out, (ours[0].out, peer[0].out)
        print(f"  the same figures and order: {ours[0].out.strip()}")


if __name__ == "__main__":
    main()
    sys.exit(0)
