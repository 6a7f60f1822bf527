"""The attendance officer's Monday over registers of every school of the made-up area: 50 sessions, 3 s mean think time.

    python benchmarks/officer.py [WORKSPACE] [--seconds 60] [--pupils 200] [--full]     # --full is 300 seconds

A copy of the made-up area in which every open primary and secondary school sends marks of one year. Monday's page, its lists, a school's
attendance and early warning are asked for as an officer would; each page is checked to be of that session's person.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measuring import ROOT, example, machine
from web import Visit, free_port, measured, served, visits

MOST = 300.0
FILL = """
import sys, tempfile
from pathlib import Path
from headway.cli.attendance import prepared
from headway.definitions.loading import library_for
from headway.example.registers import MadeSchool, write
from headway.readings.door import open_door
from headway.readings.schools import establishments
from headway.registers import landing
from headway.store.workspace import open_workspace
from headway.vocabulary.clock import today
home, pupils = Path(sys.argv[1]), int(sys.argv[2])
space, door = open_workspace(home), open_door(home)
schools = [one for code in space.areas for one in establishments(door, code)
           if one.status == "open" and one.phase in ("primary", "secondary")]
made = [MadeSchool(one.urn, one.phase == "primary", pupils) for one in sorted(schools, key=lambda one: one.urn)]
with tempfile.TemporaryDirectory() as folder:
    landing.load(space, write(Path(folder), made, library_for(home).calendar, today(), years=1))
prepared(space)
print(len(made), made[0].urn)
"""


def asks_for_monday(visit: Visit, pages: tuple[str, ...]) -> None:
    def request() -> tuple[str, Callable[[int, bytes], str]]:
        def wrong(status: int, body: bytes) -> str:
            if status != 200:
                return f"status {status}"
            return "" if visit.name in body.decode() else "another person"

        return visit.chance.choice(pages), wrong

    visit.request = request  # type: ignore[method-assign]


def main() -> None:
    read = argparse.ArgumentParser(description="The attendance officer's home under load.")
    read.add_argument("home", nargs="?", type=Path)
    read.add_argument("--seconds", type=float, default=60.0)
    read.add_argument("--pupils", type=int, default=200, help="of each school")
    read.add_argument("--full", action="store_true", help="300 seconds")
    given = read.parse_args()
    seconds = 300.0 if given.full else given.seconds
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "area"
        shutil.copytree((given.home or example()).resolve(), home)
        officers = [one for one in visits(home) if one.role == "Attendance officer"]
        people = [officers[at] if at < len(officers) else random.Random(3).choice(officers) for at in range(50)]
        filled = subprocess.run(
            [sys.executable, "-c", FILL, str(home), str(given.pupils)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        many, urn = filled.stdout.split()
        pages = ("/attendance/",) * 6 + ("/attendance/?sort=persistent", "/attendance/?text=primary", f"/schools/{urn}/attendance/")
        for one in people:
            asks_for_monday(one, (*pages, "/attendance/early/"))
        port = free_port()
        with served(["-m", "headway", "serve", "--home", str(home), "--port", str(port)], port) as group:
            print(f"  {machine()}\n  {len(people)} sessions, {many} schools of {given.pupils} pupils, {seconds:.0f} s")
            high, outcomes = measured("officer", group, port, people, seconds)
    clean = not any(outcome.wrong for outcome in outcomes)
    print(f"  p95 under {MOST:.0f} ms: {'met' if high < MOST else 'NOT met'}; no errors: {'met' if clean else 'NOT met'}")


if __name__ == "__main__":
    main()
