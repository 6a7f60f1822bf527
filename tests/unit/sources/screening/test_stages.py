"""Every check is wired in, has its test, and a clean file passes them all; a failing stage is the last."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from headway.sources import screening
from headway.sources.screening.stages import STAGES
from tests.unit.sources.screening.made import Area, faults, schools, text


def written() -> dict[str, object]:
    modules = {item.name: import_module(f"{screening.__name__}.{item.name}") for item in iter_modules(screening.__path__)}
    return {name: module.check for name, module in modules.items() if name != "stages" and hasattr(module, "check")}


def test_every_check_that_is_written_is_wired_in() -> None:
    wired = [check for stage in STAGES.values() for check in stage]
    assert sorted(name for name, check in written().items() if check not in wired) == []
    assert len(wired) == len(set(wired)) == len(written())


def test_every_check_has_a_test_of_its_name() -> None:
    there = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert written().keys() - there == set()


def test_a_clean_file_lands_and_every_check_speaks(area: Area) -> None:
    row = area.load(text(schools()))
    assert (row.outcome, faults(row)) == ("landed", set())
    assert {check["check"] for check in row.checks} == written().keys()
    assert row.rows_by_level == {"authority": 40, "england": 1, "school": 400}


def test_a_failing_stage_is_the_last(area: Area) -> None:
    row = area.load(text([]))
    assert row.outcome == "quarantined"
    assert {check["check"] for check in row.checks} <= {check.__module__.rsplit(".", 1)[-1] for check in STAGES["structure"]}
