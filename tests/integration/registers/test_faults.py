"""Registers that are not as one thinks: each exact, or refused with a code; never cut short."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import numpy as np

from headway.analysis.attendance_weeks import measures
from headway.registers.code_book import AUTHORISED, NOT_COUNTED, UNAUTHORISED
from headway.registers.generations import Generations
from headway.registers.landing import load as landed
from headway.registers.view import View
from headway.registers.weekly import weekly_counts
from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import BOOK
from tests.integration.registers.conftest import CALENDAR, MARKS, write
from tests.integration.registers.test_loading import a_week, stored

Load = Callable[..., list[dict[str, Any]]]
Schools = Callable[[str, int], list[int]]


def test_the_file_of_another_school_is_refused_whole(home: Path, tmp_path: Path, load: Load, schools: Schools) -> None:
    own, other = schools("primary", 2)
    path = write(tmp_path / "marks.csv", MARKS, [*a_week(own, "2025-09-01"), *a_week(other, "2025-09-01")])
    (done,) = load(path, "--urn", own)
    assert (done["state"], done["code"]) == ("refused", "H-DATA-72")
    assert {(fault["row"], fault["problem"]) for fault in done["faults"]} == {
        (row, "another school than the one asked for") for row in range(6, 11)
    }
    assert not stored(home)


def test_a_code_retired_in_the_middle_of_a_year_is_exact_before_and_refused_after(
    home: Path, tmp_path: Path, load: Load, schools: Schools
) -> None:
    """H went on 19 August 2024, three weeks into the year of registers; a school may be open on both sides."""
    (urn,) = schools("primary", 1)
    before, after = a_week(urn, "2024-08-12", "HH//Y"), a_week(urn, "2024-08-19", "//H/")
    (done,) = load(write(tmp_path / "both.csv", MARKS, [*before, *after]))
    assert (done["state"], done["code"]) == ("refused", "H-DATA-72")
    assert [(fault["row"], fault["problem"]) for fault in done["faults"]] == [(8, "a code that was not in force on that day")]
    (done,) = load(write(tmp_path / "good.csv", MARKS, [*before, *[row for row in after if row[4] != "H"]]))
    assert done["state"] == "landed"
    assert Counter(code for (_, _, day, _), code in stored(home).items() if day < "2024-08-19") == {"H": 2, "/": 2, "Y": 1}


def test_one_child_at_a_school_of_392_sessions_with_sundays_and_at_one_of_380(
    home: Path, tmp_path: Path, load: Load, schools: Schools
) -> None:
    """Planes, the byte matrix, weekly counts on an engine and a count by hand agree, for each school; the child is one person."""
    wide, usual = schools("primary", 2)
    weeks = [date(2025, 8, 4) + timedelta(7 * at) for at in range(51) if at % 5 != 4]
    sundays = [week + timedelta(day) for week in weeks for day in (0, 1, 2, 3, 6)][:196]
    weekdays = [week + timedelta(day) for week in weeks for day in range(5)][:190]
    draw = random.Random(9)
    rows: list[tuple[Any, ...]] = [
        (urn, pupil, day, session, draw.choices("/\\LIOUCDN", [40, 40, 2, 6, 4, 1, 3, 2, 2])[0])
        for urn, days, pupils in ((wide, sundays, ("P1", "P2")), (usual, weekdays, ("P1", "P3")))
        for pupil in pupils for day in days for session in ("AM", "PM")
    ]  # fmt: skip
    calendar = [
        (urn, day, session, "yes") for urn, days in ((wide, sundays), (usual, weekdays)) for day in days for session in ("AM", "PM")
    ]
    load(write(tmp_path / "calendar.csv", CALENDAR, calendar))
    (done,) = load(write(tmp_path / "marks.csv", MARKS, rows))
    assert (done["state"], done["changed"]) == ("landed", 2 * (392 + 380))
    assert stored(home) == {(row[0], row[1], str(row[2]), row[3]): row[4] for row in rows}
    _agree(home, rows)


def _agree(home: Path, rows: list[tuple[Any, ...]]) -> None:
    store = Generations(open_workspace(home))
    folder, files = store.folder, store.pointer.years["2025/26"]
    view = View.read(folder, files, BOOK)
    assert view.slots.per_week == 14
    by_hand: dict[int, Counter[str]] = {}
    for urn, _, _, _, code in rows:
        kind = {"I": "authorised", "C": "authorised", "O": "unauthorised", "U": "unauthorised", "N": "unauthorised"}.get(code, "")
        by_hand.setdefault(urn, Counter()).update(["possible"] * (code != "D") + [kind] * bool(kind))
    kinds = BOOK.classes[view.marks]
    counts = view.sessions(view.between(0, date.max.toordinal()))
    bytes_ = [(kinds != NOT_COUNTED), (kinds == AUTHORISED), (kinds == UNAUTHORISED)]
    assert np.array_equal(counts, np.stack([flags.sum(axis=1) for flags in bytes_]))
    weekly = {row["urn"]: row for row in measures(ibis.memtable(weekly_counts(view)), ("urn",)).to_pyarrow().to_pylist()}
    for urn, told in by_hand.items():
        own = view.rows.urns == urn
        names = ("possible", "authorised", "unauthorised")
        assert [int(counts[at, own].sum()) for at in range(3)] == [told[name] for name in names] == [weekly[urn][name] for name in names]
    assert len({person.tobytes() for person in view.rows.persons}) == 3  # of four enrolments


def test_killed_between_the_pointer_and_the_planes_the_figures_are_the_same(home: Path, tmp_path: Path, schools: Schools) -> None:
    """Planes that were never written are packed when asked; those of the generation before are not taken for them."""
    (urn,) = schools("primary", 1)
    landed(open_workspace(home), [write(tmp_path / "1.csv", MARKS, a_week(urn, "2025-09-01", "////"))])
    landed(open_workspace(home), [write(tmp_path / "2.csv", MARKS, a_week(urn, "2025-09-03", "OI"))])
    store = Generations(open_workspace(home))
    files = store.pointer.years[str(AcademicYear(2025))]
    every = date.max.toordinal()
    whole = View.read(store.folder, files, BOOK)
    with_planes = whole.sessions(whole.between(0, every)).tolist()
    for path in store.folder.glob("*.planes"):
        path.unlink()
    again = View.read(store.folder, files, BOOK)
    assert again.sessions(again.between(0, every)).tolist() == with_planes == [[6], [1], [1]]
    landed(
        open_workspace(home), [write(tmp_path / "3.csv", MARKS, a_week(urn, "2025-09-04", "UU"))]
    )  # there is nothing to mend: all is packed
    store = Generations(open_workspace(home))
    last = View.read(store.folder, store.pointer.years["2025/26"], BOOK)
    assert last.sessions(last.between(0, every)).tolist() == [[8], [1], [3]]
    assert len(list(store.folder.glob("*.planes"))) == 1
