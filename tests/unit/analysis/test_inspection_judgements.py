"""Judged areas as readings: each on its own scale and in its own years, the later of two visits of a year."""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest

from headway.analysis import inspection_judgements, readings
from headway.definitions.loading import Library, library_for
from headway.store import engine, tables

FOUR, JUDGED, CARD = "four_grades", "four_judgements_2024", "report_card_2025"
SEEN = [
    (900101, date(2023, 10, 1), FOUR, "quality_of_education", "2"),
    (900101, date(2024, 6, 1), FOUR, "quality_of_education", "3"),  # the later visit of 2023/24
    (900101, date(2024, 9, 10), JUDGED, "quality_of_education", "1"),
    (900101, date(2026, 1, 10), CARD, "inclusion", "urgent_improvement"),
    (900101, date(2026, 1, 10), CARD, "safeguarding", "met"),  # met or not, no grade
    (900102, date(2025, 11, 3), JUDGED, "leadership_and_management", "4"),
    (900102, date(2025, 11, 20), CARD, "leadership_and_governance", "expected_standard"),
    (900102, date(2006, 3, 1), FOUR, "leadership_and_management", "1"),  # before the measure's validity
    (900102, date(2024, 8, 31), FOUR, "early_years", "2"),
    (900102, date(2023, 1, 1), FOUR, "overall_effectiveness", "2"),  # stands over years, by another measure
]


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for()


@pytest.fixture(scope="module")
def made(library: Library) -> dict[tuple[str, str, int], float]:
    backend = engine.expressions(engine.working())
    rows = [
        {"urn": urn, "inspected": day, "scale": scale, "judgement": judgement, "grade": grade, "source": "list", "file_id": "f", "row": at}
        for at, (urn, day, scale, judgement, grade) in enumerate(SEEN)
    ]
    tables.create(backend, "inspection", ibis.memtable(pa.Table.from_pylist(rows)))
    tables.empty(backend, "candidate", readings.SCHEMA)
    inspection_judgements.judgements(backend, library)
    found: list[dict[str, Any]] = backend.table("candidate").to_pyarrow().to_pylist()
    assert {row["level"] for row in found} == {"school"}
    assert len({(row["place"], row["measure"], row["year"]) for row in found}) == len(found)
    return {(row["place"], row["measure"].removeprefix("inspection."), row["year"]): row["value"] for row in found}


def test_each_judgement_stays_on_its_own_scale_and_in_its_own_year(made: dict[tuple[str, str, int], float]) -> None:
    assert made == {
        ("900101", "quality_of_education", 2023): 3,
        ("900101", "quality_of_education_2024", 2024): 1,
        ("900101", "report_card_inclusion", 2025): 5,
        ("900102", "leadership_and_management_2024", 2025): 4,
        ("900102", "report_card_leadership_and_governance", 2025): 3,
        ("900102", "early_years", 2023): 2,
    }


def test_every_judged_area_of_every_scale_has_a_measure_as_wide_as_its_scale(library: Library) -> None:
    for scale in library.lists["inspection_scales"].values():
        assert set(scale["measures"]) >= set(scale.get("areas", []))
        for measure in scale["measures"].values():
            assert library.measures[measure].range == (1, len(scale["grades"]))
