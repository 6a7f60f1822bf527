"""A year of registers that is over is erased with all that is about its pupils alone; what is kept is as it was."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.protected import access
from headway.readings import kept_for
from headway.registers import ending
from headway.registers.generations import Generations
from headway.store.workspace import one_writer, open_workspace
from headway.vocabulary.errors import HeadwayError
from tests.integration.registers.conftest import MARKS, write
from tests.integration.registers.test_loading import a_week, stored

Load = Callable[..., list[dict[str, Any]]]
BEFORE = date(2020, 9, 1)  # what began before it is over
TOTALS = ("urn", "pupil", "date", "possible", "authorised", "unauthorised")


@pytest.fixture
def loaded(home: Path, tmp_path: Path, load: Load, schools: Callable[[str, int], list[int]]) -> int:
    """One pupil of the oldest year alone, one of it and a later year, one of the newest; figures to date of an old and a new day."""
    urn = schools("primary", 1)[0]
    rows = [*a_week(urn, "2019-09-02", "//U/", "OLD1"), *a_week(urn, "2019-09-02", "/I//", "BOTH1")]
    rows += [*a_week(urn, "2020-09-07", "////", "BOTH1"), *a_week(urn, "2025-09-01", "/O//", "NEW1")]
    figures = [(urn, "OLD2", "2020-01-31", 100, 5, 5), (urn, "NEW2", "2025-10-31", 80, 4, 1)]
    for one in load(write(tmp_path / "marks.csv", MARKS, rows), write(tmp_path / "totals.csv", TOTALS, figures)):
        assert one["state"] == "landed", one
    return urn


def keys(home: Path, *numbers: str) -> list[bytes]:
    return [key.tobytes() for key in Generations(open_workspace(home)).identities.keys(list(numbers))]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_over_goes_and_what_is_kept_stays(home: Path, loaded: int) -> None:
    space, before = open_workspace(home), stored(home)
    gone, kept = keys(home, "OLD1", "OLD2"), keys(home, "BOTH1", "NEW1", "NEW2")
    assert [str(one) for one in ending.over(space, BEFORE)] == ["2019/20"]
    assert [str(one) for one in ending.erase(space, BEFORE, "test")] == ["2019/20"]
    assert stored(home) == {place: code for place, code in before.items() if place[2] >= "2020-09-01"}
    assert [line["date"] for line in Generations(space).table("pupil_totals")] == ["2025-10-31"]
    held = bytes_of(home / "registers")
    assert not any(key in held or key.hex().encode() in held for key in gone)
    assert not [path.name for path in (home / "registers").iterdir() if "2019_20" in path.name]
    assert [Generations(space).identities.number(key) for key in kept] == ["BOTH1", "NEW1", "NEW2"]
    log = (home / "registers" / access.LOG).read_text()
    assert '"erased"' in log and "2019/20" in log
    assert ending.erase(space, BEFORE, "test") == []


def test_a_year_is_kept_to_its_last_day(home: Path, loaded: int) -> None:
    on = {day: kept_for.registers(home, day) for day in (date(2026, 8, 31), date(2026, 9, 1))}
    assert [one.before for one in on.values()] == [date(2019, 9, 1), BEFORE]
    (home / "area.yaml").write_text((home / "area.yaml").read_text() + "registers_kept_years: 1\nnotes_kept_years: 3\n")
    fewer = kept_for.registers(home, date(2026, 8, 31))
    assert (fewer.before, str(fewer)) == (date(2024, 9, 1), "a year after the school year in which it ended")
    assert kept_for.notes(home, date(2026, 8, 31)).before == date(2022, 9, 1)


def test_less_than_a_year_is_refused(home: Path) -> None:
    (home / "area.yaml").write_text((home / "area.yaml").read_text() + "registers_kept_years: 0\n")
    with pytest.raises(HeadwayError) as told:
        open_workspace(home)
    assert told.value.code == "H-STORE-13"


def test_killed_before_the_files_went_the_next_run_removes_them(home: Path, loaded: int, monkeypatch: pytest.MonkeyPatch) -> None:
    space = open_workspace(home)

    def killed(store: Generations) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Generations, "tidy", killed)
        ending.erase(space, BEFORE, "test")
    left = [path.name for path in (home / "registers").iterdir() if "2019_20" in path.name]
    assert left and ending.over(space, BEFORE) == []
    ending.erase(space, BEFORE, "test")
    assert not [path.name for path in (home / "registers").iterdir() if "2019_20" in path.name]


def test_nothing_goes_while_another_command_writes(home: Path, loaded: int) -> None:
    space, before = open_workspace(home), stored(home)
    with one_writer(space, "a load"), pytest.raises(HeadwayError) as told:
        ending.erase(space, BEFORE, "test")
    assert told.value.code == "H-STORE-03"
    assert stored(home) == before


def test_housekeeping_says_why_a_year_had_to_stay(home: Path, loaded: int, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from headway.site import housekeeping

    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    monkeypatch.setenv("HEADWAY_TODAY", "2026-09-01")
    with one_writer(open_workspace(home), "a load"):
        held = housekeeping._registers("test", False)
    assert (held.due, held.erased, held.held_back, held.why) == (1, 0, 1, "Another command is writing to this workspace.")
    done = housekeeping._registers("test", False)
    assert (done.due, done.erased, done.held_back, done.why) == (1, 1, 0, "")
