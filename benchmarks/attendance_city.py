"""One day's marks of a city into the store, and every list of Monday made again: the whole of what `headway attendance load` does.

HEADWAY_BENCH_CITY: of how many pupils, default 210,000. The store holds the year before whole and twenty weeks of this one, with lists of
pupils. Measured in a process of its own, from the first import to the last file on the disc, CPU beside wall.
"""

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
from measuring import RUNS, command, json_out, spread

PUPILS, SCHOOLS = int(os.environ.get("HEADWAY_BENCH_CITY", "210000")), 450
FIRST_URN, WEEKS = 900_000, 20
DAYS = [date(2025, 9, 1) + timedelta(7 * week + day) for week in range(WEEKS) for day in range(5)]
BEFORE = [date(2024, 9, 2) + timedelta(7 * week + day) for week in range(45) if week % 7 != 6 for day in range(5)]  # 39 weeks
AT_MOST = 5.0  # seconds


def make(home: Path) -> None:
    """A workspace that holds all days but the last, and the file of the last."""
    from headway.definitions.attendance_part import attendance_for
    from headway.registers.code_book import CodeBook
    from headway.registers.generations import Generations, Load
    from headway.registers.planes import refresh
    from headway.store import workspace

    space = workspace.create(home, ["150"], name="City", example=True)
    store = Generations(space)
    urns = (FIRST_URN + np.sort(np.arange(PUPILS) % SCHOOLS)).astype(np.int32)
    numbers = [f"C{at}" for at in range(PUPILS)]
    keys = store.identities.keys(numbers)
    _year(store, BEFORE, urns, keys, 0)
    made = _year(store, DAYS, urns, keys, 1)
    held = store.years[-1]
    store.commit([Load(1, "", DAYS[0], "", "marks", 0)])
    refresh(store, CodeBook(attendance_for(home).attendance.codes))
    order = {key.tobytes(): number for key, number in zip(keys, numbers, strict=True)}
    with open(home / "day.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("urn", "pupil", "date", "session", "code"))
        rows = store.year(held).enrolments
        for row, urn in enumerate(rows.urns.tolist()):
            number = order[rows.pupils[row].tobytes()]
            writer.writerows((urn, number, DAYS[-1], ("AM", "PM")[at], chr(made[row, at - 2]).replace("d", "C2")) for at in (0, 1))


def _year(store: object, days: list[date], urns: "np.ndarray", keys: "np.ndarray", without: int) -> "np.ndarray":
    """A year of all these pupils, listed; without the marks of the last so many days."""
    from headway.example.registers import marks
    from headway.registers.growing import grown, with_schools, with_slots
    from headway.registers.slots import year_of

    held = store.year(year_of(days[0]))  # type: ignore[attr-defined]
    held = with_slots(held, held.slots.holding(np.array([day.toordinal() for day in days], np.int32)))
    held = grown(with_schools(held, np.unique(urns)), urns, keys)
    made = marks(np.random.default_rng(days[0].year), PUPILS, [day.weekday() for day in days for _ in range(2)])
    there = held.slots.width - 2 * without
    held.enrolments.marks[:, :there] = made[:, :there]
    held.enrolments.listed[:] = True
    held.enrolments.texts["year_group"] = np.array([str(1 + at % 11) for at in range(PUPILS)])
    held.enrolments.texts["fsm"] = np.array([("no", "yes", "no")[at % 3] for at in range(PUPILS)])
    held.calendars.received[:, :there] = 1
    held.changed |= {"enrolments", "limited", "calendars", "changes"}
    store.replace(held)  # type: ignore[attr-defined]
    return made


def measure(home: Path) -> None:
    """The load and the lists."""
    os.environ["HEADWAY_TODAY"] = DAYS[-1].isoformat()
    since, used = time.perf_counter(), time.process_time
    from headway.definitions.attendance_part import attendance_for
    from headway.readings.attendance import morning, watch
    from headway.readings.door import Door
    from headway.registers import landing
    from headway.store.workspace import open_workspace

    # no list of schools is loaded here: what it would say is said instead
    known = range(FIRST_URN, FIRST_URN + SCHOOLS)
    landing.known_schools = lambda space: set(known)  # type: ignore[assignment]
    watch.area_schools = morning.area_schools = lambda door, registers, viewer: list(known)
    Door.school_names = {str(urn): f"School {urn}" for urn in known}  # type: ignore[assignment]
    door = Door(home, None, attendance_for(home))
    started = time.perf_counter() - since, used()
    (outcome,) = landing.load(open_workspace(home), [home / "day.csv"])
    loaded = time.perf_counter() - since, used()
    morning.prepare(door)
    done = time.perf_counter() - since, used()
    (again,) = landing.load(open_workspace(home), [home / "day.csv"])
    assert (outcome.state, again.state) == ("landed", "same"), outcome.faults[:3]
    found = morning.kept(door, morning.open_registers(door, morning._EVERYBODY)[0])
    told = {"watched": len(found.watched), "met": len(found.met), "schools": len(found.schools), "changed": outcome.changed}
    print(json.dumps({"started": started, "loaded": loaded, "done": done, **told}))


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="headway-city-"))
    try:
        command([sys.executable, Path(__file__), "make", folder / "made"])
        found = [_measured(folder) for _ in range(RUNS + 1)][1:]  # the first compiles, once for an installation
        parts = {"start": (None, "started"), "load": ("started", "loaded"), "lists": ("loaded", "done")}
        for name, (begin, end) in parts.items():
            wall, cpu = ([one[end][at] - (one[begin][at] if begin else 0) for one in found] for at in (0, 1))
            print(f"  {name}: wall s {spread(wall)}, CPU s {spread(cpu)}")
        walls, cpus = [one["done"][0] for one in found], [one["done"][1] for one in found]
        counted = ", ".join(f"{name} {found[0][name]:,}" for name in ("changed", "schools", "watched", "met"))
        verdict = "met" if sorted(walls)[len(walls) // 2] <= AT_MOST else "NOT met"
        print(
            f"  {PUPILS:,} pupils ({counted}): in all wall s {spread(walls)}, CPU s {spread(cpus)}, at most {AT_MOST:g} s wall: {verdict}"
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path) -> "dict[str, object]":
    home = folder / "run"
    shutil.copytree(folder / "made", home)
    try:
        return json_out(command([sys.executable, Path(__file__), "measure", home]))
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("make", "measure"):
        {"make": make, "measure": measure}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
