"""Ambitions of every authority as of one day: 160 authorities × 40 ambitions in under 30 s on 2 cores.

The shipped ambitions are asked of each authority as if they were its own, by each reading of their words, and those that make 40 are
taken. Real files are needed, loaded and published in the workspace that HEADWAY_HOME names; without one they are loaded first.
"""

import os
import sys
import tempfile
from pathlib import Path

from measuring import ROOT, command, python, spread

MOST = 30.0
CODE = """
import sys, time
from datetime import date
from pathlib import Path
from headway.readings.ambitions.asking import answer
from headway.readings.ambitions.series import Asof
from headway.readings.door import open_door
from headway.vocabulary.viewer import PUBLIC
door = open_door(Path(sys.argv[1]))
asked = [(one, choice) for one in door.library.ambitions.values() for choice in (list(one.choices) or [None])]
asked = (asked * 2)[:40]
places = sorted(code for level, code in door.names if level == "authority")[:160]
when = Asof(date.fromisoformat(sys.argv[2]), True, PUBLIC)
started = time.monotonic()
found = [answer(door, when, one, place, choice) for place in places for one, choice in asked]
parts = sum(len(one.parts) or 1 for one in found)
known = sum(one.latest is not None for one in found)
print(f"{time.monotonic() - started:.2f} {len(places)} {len(asked)} {parts} {known}")
"""


def main() -> None:
    data = Path(os.environ.get("HEADWAY_SHARED", ROOT.parent / "shared")) / "data"
    with tempfile.TemporaryDirectory() as folder:
        home = os.environ.get("HEADWAY_HOME", "")
        if not home:
            if not data.is_dir():
                print(f"  left out: no real files in {data}")
                return
            home = f"{folder}/area"
            command([sys.executable, "-m", "headway", "init", home, "--area", "330"])
            command([sys.executable, "-m", "headway", "load", data, "--home", home, "--format", "csv"])
        for day in ("2019-07-31", "2026-11-25"):
            samples = [python(CODE, home, day) for _ in range(3)]
            walls = [float(one.out.split()[0]) for one in samples]
            _, places, asked, parts, known = samples[0].out.split()
            met = "met" if sorted(walls)[1] < MOST else "NOT met"
            print(f"  {places} authorities × {asked} ambitions ({parts} parts, {known} with a figure) as of {day}: wall s {spread(walls)}, "
                  f"CPU s of the whole process {spread([one.cpu for one in samples])}, "
                  f"peak {max(one.peak for one in samples):,.0f} MiB; under {MOST:g} s: {met}")  # fmt: skip


if __name__ == "__main__":
    main()
    sys.exit(0)
