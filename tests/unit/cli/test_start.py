"""The command starts light: what is heavy is imported by the command that needs it."""

import json
import subprocess
import sys

HEAVY = {"numpy", "pandas", "pyarrow", "duckdb", "ibis", "django", "pydantic"}


def test_no_heavy_library_is_imported_before_a_command_runs() -> None:
    told = "import json, sys, headway.cli.main; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) & HEAVY == set()
