"""The same figures on a real Spark: a master and two workers on this machine read the weekly counts from files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

from headway.registers.weekly import weekly_counts
from tests.property.registers.test_weeks import from_planes, from_rows, made, slowly

# in a process of its own, as a command would be: PySpark 4.0 leaves sockets open and asks pandas by older names, which here are faults
ASK = """
import json, sys
from headway.analysis.attendance_weeks import at_threshold, measures
from headway.store.engine import ENGINE, elsewhere
weeks = elsewhere(ENGINE).read_parquet(sys.argv[1])
rows = measures(weeks, ("urn", "year_group", "fsm")).to_pyarrow().to_pylist()
met = [row["enrolment"] for row in at_threshold(weeks).to_pyarrow().to_pylist()]
print(json.dumps({"rows": rows, "met": met}))
"""


def test_spark_gives_the_figures_of_the_planes(spark: str, tmp_path: Path) -> None:
    year = made(11, 12, sundays=True, pupils=40)
    counts = weekly_counts(year)
    for part in range(2):  # two files, so that both workers have something to read
        pq.write_table(counts.filter([row % 2 == part for row in counts["enrolment"].to_pylist()]), tmp_path / f"{part}.parquet")
    own = {**os.environ, "HEADWAY_ENGINE": spark, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", ASK, str(tmp_path)], env=own, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert from_rows(found["rows"]) == from_planes(year)
    assert set(found["met"]) == slowly(year)
    assert found["met"]
