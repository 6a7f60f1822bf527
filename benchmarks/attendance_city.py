"""One day's marks of a city into the store, and every list made again. HEADWAY_BENCH_CITY: of how many pupils, default 210,000."""

import csv
import json
import os
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from measuring import command, json_out

PUPILS, SCHOOLS = int(os.environ.get("HEADWAY_BENCH_CITY", "210000")), 450
FIRST_URN, WEEKS = 900_000, 20
START = date(2025, 9, 1)
DAYS = [START + timedelta(7 * week + day) for week in range(WEEKS) for day in range(5)]


def make(home: Path) -> None:
    """A workspace that holds all days but the last, and the file of the last."""
    from headway.example.registers import marks
    from headway.registers.generations import Generations, Load
    from headway.registers.growing import grown, with_schools, with_slots
    from headway.registers.slots import year_of
    from headway.store import workspace

    space = workspace.create(home, ["150"], name="City", example=True)
    store = Generations(space)
    urns = (FIRST_URN + np.sort(np.arange(PUPILS) % SCHOOLS)).astype(np.int32)
    numbers = [f"C{at}" for at in range(PUPILS)]
    keys = store.identities.keys(numbers)
    held = store.year(year_of(START))
    held = with_slots(held, held.slots.holding(np.array([day.toordinal() for day in DAYS], np.int32)))
    held = grown(with_schools(held, np.unique(urns)), urns, keys)
    made = marks(np.random.default_rng(3), PUPILS, [day.weekday() for day in DAYS for _ in range(2)])
    held.enrolments.marks[:] = made
    held.enrolments.marks[:, -2:] = 0
    held.enrolments.texts["year_group"] = np.array([str(1 + at % 11) for at in range(PUPILS)])
    held.calendars.received[:, :-2] = 1
    held.changed |= {"enrolments", "limited", "calendars", "changes"}
    store.replace(held)
    store.commit([Load(1, "", START, "", "marks", 0)])
    with open(home / "day.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("urn", "pupil", "date", "session", "code"))
        order = {key.tobytes(): number for key, number in zip(keys, numbers, strict=True)}
        for row, urn in enumerate(held.enrolments.urns.tolist()):
            number = order[held.enrolments.pupils[row].tobytes()]
            writer.writerows((urn, number, DAYS[-1], ("AM", "PM")[at], chr(made[row, at - 2]).replace("d", "C2")) for at in (0, 1))


def measure(home: Path) -> None:
    """The load, and the lists of a Monday morning, in a process that has compiled its kernels."""
    os.environ["HEADWAY_TODAY"] = DAYS[-1].isoformat()
    from headway.definitions.loading import library_for
    from headway.readings.attendance.summary import Asked, summary
    from headway.readings.attendance.thresholds import thresholds
    from headway.readings.attendance.watch import watch
    from headway.readings.door import Door
    from headway.registers import landing
    from headway.store.workspace import open_workspace
    from headway.vocabulary.viewer import Viewer

    landing.known_schools = lambda space: set(range(FIRST_URN, FIRST_URN + SCHOOLS))  # type: ignore[assignment]
    Door.school_names = {}  # type: ignore[assignment]
    door, viewer = Door(home, None, library_for()), Viewer("bench", sees_pupils=True)
    summary(door, viewer, Asked(by=("school",)))  # compiled
    steps = {}
    for name, work in {
        "load": lambda: landing.load(open_workspace(home), [home / "day.csv"]),
        "schools": lambda: summary(door, viewer, Asked(by=("school",))).lines,
        "thresholds": lambda: thresholds(door, viewer),
        "watch": lambda: watch(door, viewer, kinds=("severe", "drop")),
    }.items():
        since = time.perf_counter()
        found = work()
        steps[name] = time.perf_counter() - since
        steps[f"{name} rows"] = found[0].changed if name == "load" else len(found)
    print(json.dumps(steps))


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="headway-city-"))
    try:
        command([sys.executable, Path(__file__), "make", home])
        found = json_out(command([sys.executable, Path(__file__), "measure", home]))
        parts = {name: seconds for name, seconds in found.items() if not name.endswith("rows")}
        told = ", ".join(f"{name} {seconds:.2f} s ({found[f'{name} rows']:,})" for name, seconds in parts.items())
        print(f"  {PUPILS:,} pupils: {told}; in all {sum(parts.values()):.2f} s (at most 5)")  # type: ignore[arg-type]
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("make", "measure"):
        {"make": make, "measure": measure}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
