"""A year of registers that is over is erased with all that is about its pupils alone; what is kept is as it was."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.protected import access
from headway.registers import ending
from headway.registers.generations import Generations
from headway.store.workspace import one_writer, open_workspace
from headway.vocabulary.errors import HeadwayError
from tests.integration.registers.conftest import MARKS, write
from tests.integration.registers.test_loading import a_week, stored

Load = Callable[..., list[dict[str, Any]]]
DAY = date(2026, 9, 1)
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
    assert [str(one) for one in ending.over(space, DAY)] == ["2019/20"]
    assert [str(one) for one in ending.erase(space, DAY, "test")] == ["2019/20"]
    assert stored(home) == {place: code for place, code in before.items() if place[2] >= "2020-09-01"}
    assert [line["date"] for line in Generations(space).table("pupil_totals")] == ["2025-10-31"]
    held = bytes_of(home / "registers")
    assert not any(key in held or key.hex().encode() in held for key in gone)
    assert not [path.name for path in (home / "registers").iterdir() if "2019_20" in path.name]
    assert [Generations(space).identities.number(key) for key in kept] == ["BOTH1", "NEW1", "NEW2"]
    log = (home / "registers" / access.LOG).read_text()
    assert '"erased"' in log and "2019/20" in log
    assert ending.erase(space, DAY, "test") == []


def test_a_year_is_kept_to_its_last_day(home: Path, loaded: int) -> None:
    space = open_workspace(home)
    assert ending.over(space, date(2026, 8, 31)) == []
    (home / "area.yaml").write_text((home / "area.yaml").read_text() + "registers_kept_years: 1\n")
    assert [str(one) for one in ending.over(open_workspace(home), date(2026, 8, 31))] == ["2019/20", "2020/21"]


def test_nothing_goes_while_another_command_writes(home: Path, loaded: int) -> None:
    space, before = open_workspace(home), stored(home)
    with one_writer(space, "a load"), pytest.raises(HeadwayError) as told:
        ending.erase(space, DAY, "test")
    assert told.value.code == "H-STORE-03"
    assert stored(home) == before
