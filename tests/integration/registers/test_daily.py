"""What a day's load makes: planes mended as if they were packed anew, and Monday's thresholds as those that are asked for."""

import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from headway.definitions.loading import library_for
from headway.readings.attendance.mets import Mets
from headway.readings.attendance.morning import kept, morning, prepare
from headway.readings.attendance.opening import open_registers
from headway.readings.attendance.thresholds import thresholds
from headway.readings.door import open_door
from headway.registers import planes
from headway.registers.code_book import CodeBook
from headway.registers.generations import Generations
from headway.registers.landing import load
from headway.registers.slots import Slots
from headway.store.workspace import open_workspace
from headway.vocabulary.viewer import Viewer
from tests.integration.registers.conftest import MARKS, PUPILS, write

FIRST = date(2025, 9, 1)


def days(urn: int, codes: dict[str, str], first: int, many: int) -> list[tuple[object, ...]]:
    """Rows of so many school days from one on: a pupil's code on each, or present."""
    every = [FIRST + timedelta(7 * (at // 5) + at % 5) for at in range(first, first + many)]
    return [(urn, pupil, day, session, code) for pupil, code in codes.items() for day in every for session in ("AM", "PM")]


def test_a_day_mends_the_words_of_its_week_and_no_other(
    home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (urn,) = schools("primary", 1)
    space = open_workspace(home)
    load(space, [write(tmp_path / "1.csv", MARKS, days(urn, {f"P{at}": "/IOL"[at % 4] for at in range(40)}, 0, 48))])
    anew: list[Path] = []
    monkeypatch.setattr(planes, "write", lambda path, *given: anew.append(path))
    load(space, [write(tmp_path / "2.csv", MARKS, days(urn, {f"P{at}": "OI/U"[at % 4] for at in range(40)}, 48, 1))])
    correction = [(urn, "P1", FIRST, "AM", "C"), (urn, "P2", FIRST + timedelta(50), "PM", "I")]
    load(space, [write(tmp_path / "3.csv", MARKS, correction)])
    assert not anew
    store = Generations(space)
    (year,) = store.years
    held, book = store.year(year), CodeBook(library_for(home).attendance.codes)
    path = planes.path_of(store.folder, store.pointer.years[str(year)]["enrolments"])
    whole = planes.packed(planes.counted_marks(held.enrolments, held.slots), planes.layout_of(held.slots), book.classes)
    assert np.array_equal(planes.mapped(path), whole)
    assert len(list(store.folder.glob("*.planes"))) == 1
    monkeypatch.undo()
    load(space, [write(tmp_path / "4.csv", MARKS, days(urn, {"P99": "/"}, 48, 1))])  # a new pupil: every row may have moved
    store = Generations(space)
    held = store.year(year)
    path = planes.path_of(store.folder, store.pointer.years[str(year)]["enrolments"])
    whole = planes.packed(planes.counted_marks(held.enrolments, held.slots), planes.layout_of(held.slots), book.classes)
    assert np.array_equal(planes.mapped(path), whole)
    assert isinstance(held.slots, Slots)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_days_one_after_another_give_the_lists_of_all_at_once(
    seed: int, home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a file sent twice, one that puts earlier days right, and one that came late; Monday is looked at on the way, too."""
    draw = random.Random(seed)
    urns = schools("primary", 4)
    pupils = [(urn, f"{urn}P{at}", draw.choice([0.02, 0.1, 0.4])) for urn in urns for at in range(16)]
    listed = [(urn, number, str(1 + at % 6), "FM"[at % 2], "", "") for at, (urn, number, _) in enumerate(pupils)]
    register = write(tmp_path / "pupils.csv", PUPILS, listed)
    every = [FIRST + timedelta(7 * (at // 5) + at % 5) for at in range(40)]
    marks = {
        (urn, number, day, session): draw.choice("IOUCGBN") if draw.random() < away * (3 if day > every[29] else 1) else "/"
        for urn, number, away in pupils for day in every for session in ("AM", "PM")
    }  # fmt: skip
    wrong = set(draw.sample([at for at in marks if at[2] < every[-3]], 30))
    late = {at for at in marks if at[0] == urns[0] and at[2] == every[20]}
    first = [(*at, "N" if at in wrong else code) for at, code in marks.items() if at[2] <= every[24] and at not in late]
    parts = [[write(tmp_path / "a.csv", MARKS, first)]]
    for number, day in enumerate(every[25:]):
        rows = [(*at, "N" if at in wrong else code) for at, code in marks.items() if at[2] == day]
        parts.append([write(tmp_path / f"day{number}.csv", MARKS, rows)])
    parts += [parts[-1], [write(tmp_path / "late.csv", MARKS, [(*at, marks[at]) for at in late])]]
    parts.append([write(tmp_path / "right.csv", MARKS, [(*at, marks[at]) for at in sorted(wrong)])])
    monkeypatch.setenv("HEADWAY_TODAY", every[-1].isoformat())
    load(open_workspace(home), [register])
    whole = tmp_path / "whole"
    shutil.copytree(home, whole)  # with the same keys of pupils
    for number, files in enumerate(parts):
        load(open_workspace(home), files)
        if number % 5 == 4:
            prepare(open_door(home))
    load(open_workspace(whole), [write(tmp_path / "all.csv", MARKS, [(*at, code) for at, code in marks.items()])])
    found = [_lists(one) for one in (home, whole)]
    assert found[0] == found[1]
    assert found[0]["watched"]
    assert found[0]["ahead"].raised
    assert found[0]["met"]


def _lists(home: Path) -> dict[str, Any]:
    """All that Monday says, by what was worked out now and written."""
    door, viewer = open_door(home), Viewer("officer", sees_pupils=True)
    found = morning(door, viewer)
    return {**vars(found), "met": [_plain(one) for one in found.met]}


def test_mondays_thresholds_are_those_that_are_asked_for(
    home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2025-11-07")
    urns = schools("primary", 2)
    rows = [row for urn in urns for row in days(urn, {f"{urn}A1": "O", f"{urn}B2": "/", f"{urn}C3": "U"}, 0, 12)]
    header = ("urn", "pupil", "parent", "issued", "withdrawn", "paid")
    notices = write(tmp_path / "notices.csv", header, [(urns[0], f"{urns[0]}A1", "G1", "2025-09-08", "", "")])
    load(open_workspace(home), [write(tmp_path / "marks.csv", MARKS, rows), notices])
    door, viewer = open_door(home), Viewer("officer", sees_pupils=True)
    asked = thresholds(door, viewer)
    found = morning(door, viewer).met
    assert {one.notices for one in asked} == {0, 1}
    assert [_plain(one) for one in found] == [_plain(one) for one in asked]
    again = kept(door, open_registers(door, viewer)[0]).met
    assert [_plain(one) for one in again] == [_plain(one) for one in asked]
    _parts(found, urns)


def _plain(one: Any) -> dict[str, Any]:
    return {**one.as_dict(), "pupil": ""}


def _parts(found: Mets, urns: list[int]) -> None:
    every = list(found)
    one, day = every[1], every[0].first_met
    assert list(found.of_schools(urns[:1])) == [each for each in every if each.urn == urns[0]]
    assert list(found.since(day)) == [each for each in every if each.first_met >= day]
    assert list(found.of_pupil(one.urn, one.key)) == [each for each in every if (each.urn, each.key) == (one.urn, one.key)]
    decided = {(each.urn, each.key, each.first_met) for each in every[::2]}
    assert list(found.without(decided)) == every[1::2]
    assert list(found.without({(0, one.key, one.first_met)})) == every
    assert [*found[1:3]] == every[1:3]
    assert found[-1] == every[-1]
