"""The families that the library lays down: every measure is one of intake, and every fault of a file is told at once."""

from pathlib import Path

import pytest

from headway.definitions.families import DEFAULT, rules_for
from headway.definitions.loading import library_for, read_library
from headway.vocabulary.errors import HeadwayError

LIBRARY = library_for()
PRIMARY = (Path(__file__).parents[2] / "src/headway/library/families/primary.yaml").read_text()


def test_each_phase_with_families_has_the_default_and_a_second_method() -> None:
    for phase in ("primary", "secondary", "all_through", "middle", "special"):
        found = rules_for(LIBRARY.families, phase)
        assert next(iter(found)) == DEFAULT
        assert len(found) >= 2
    assert rules_for(LIBRARY.families, "nursery") == {}


def test_weights_add_up_to_one_or_are_equal() -> None:
    for rule in LIBRARY.families.values():
        for method in rule.methods.values():
            weights = list(method.weights.values())
            assert sum(weights) == pytest.approx(1.0) or len(set(weights)) == 1


def test_every_variable_says_who_the_pupils_are() -> None:
    for rule in LIBRARY.families.values():
        assert all(LIBRARY.measures[one.measure].better == "neither" for one in rule.variables)


def faults_of(tmp_path: Path, text: str, name: str = "own") -> str:
    folder = tmp_path / "families"
    folder.mkdir()
    (folder / f"{name}.yaml").write_text(text)
    with pytest.raises(HeadwayError) as found:
        read_library(tmp_path)
    return str(found.value.as_dict())


def test_an_outcome_is_refused(tmp_path: Path) -> None:
    told = faults_of(tmp_path, PRIMARY.replace("context.eal", "ks2.rwm_expected").replace("methods:\n  intake:", "methods:\n  mine:"))
    assert "ks2.rwm_expected is an outcome, or later than intake" in told


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = PRIMARY.replace("members: 50", "members: 5").replace("caliper: 0.5", "caliper: 0").replace("similar: 0.5", "similar: 2.0")
    told = faults_of(tmp_path, text)
    assert all(f"own.yaml:{line}" in told for line in (5, 7, 10)) and "members" in told and "caliper" in told and "alike" in told


def test_a_method_that_forgets_a_variable_is_refused(tmp_path: Path) -> None:
    assert "must weigh" in faults_of(tmp_path, PRIMARY.replace("context.roll: 0.1,", ""))


def test_an_unknown_measure_is_refused(tmp_path: Path) -> None:
    assert "no measure 'context.rolls'" in faults_of(tmp_path, PRIMARY.replace("context.roll", "context.rolls"))


def test_an_area_may_add_a_method_but_not_alter_one(tmp_path: Path) -> None:
    assert "is laid down in primary already" in faults_of(tmp_path, PRIMARY)
    own = PRIMARY.split("  intake_equal:")[0].replace("  intake:", "  ours:") + PRIMARY[PRIMARY.index("left_out:") :]
    (tmp_path / "families/own.yaml").write_text(own)
    assert list(rules_for(read_library(tmp_path).families, "primary")) == ["intake", "intake_equal", "ours"]


def test_nursery_classes_make_no_other_school_but_sixth_forms_do() -> None:
    rule = LIBRARY.families["primary"]
    assert rule.age_range(3, 11) == rule.age_range(5, 11) == (5, 11)
    assert LIBRARY.families["secondary"].age_range(11, 19) == (11, 18) != LIBRARY.families["secondary"].age_range(11, 16)
    assert rule.age_range(None, 11) is None
