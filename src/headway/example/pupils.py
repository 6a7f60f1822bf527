"""Made-up pupils with made-up results for a handful of schools, in the templates of pupil results. Written on request only."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.random import Generator

from headway.example.seeds import stream
from headway.pupil_results.template import TEMPLATES, Stage
from headway.vocabulary.academic_year import AcademicYear

Row = dict[str, str]
SUBJECTS = ("english_language", "english_literature", "maths")
TAKEN = {"history": 0.45, "geography": 0.45, "language_1": 0.4, "computer_science": 0.12}
WITHOUT_START = 0.05  # came from abroad or from an independent school
CAPPED = 9
LOWER = {"Y": -0.5, "N": 0.0}  # in standard deviations
LOWER_WITH = {"N": 0.0, "K": -0.6, "E": -1.3}


def write(path: Path, stage: Stage, urns: Sequence[int], year: AcademicYear, *, pupils: int = 120, seed: int = 1) -> int:
    """Write a file of the template with about `pupils` a school; how many in all. The same arguments give the same bytes."""
    rows = [row for urn in urns for row in of_school(stage, urn, year, pupils, seed)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [column.name for column in TEMPLATES[stage]], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def of_school(stage: Stage, urn: int, year: AcademicYear, pupils: int, seed: int) -> list[Row]:
    """One school's pupils: the school has an effect of its own, and disadvantage goes with lower results."""
    draw = stream(seed, f"pupils {stage} {urn}", year.start)
    effect, poor = draw.normal(0, 0.35), draw.uniform(0.1, 0.5)
    result = _at_16 if stage is Stage.KS4 else _at_11
    rows = [_who(draw, urn, year, number, poor) for number in range(max(1, int(draw.normal(pupils, pupils / 10))))]
    return [row | result(draw, effect + LOWER[row["disadvantaged"]] + LOWER_WITH[row["sen"]]) for row in rows]


def _who(draw: Generator, urn: int, year: AcademicYear, number: int, poor: float) -> Row:
    return {
        "pupil": f"A{urn}{year.start % 100:02d}{number:04d}", "urn": str(urn), "year": str(year), "sex": "FM"[draw.integers(2)],
        "disadvantaged": "YN"[int(draw.random() > poor)], "eal": "YN"[int(draw.random() > 0.3)],
        "sen": str(draw.choice(["N", "K", "E"], p=[0.81, 0.14, 0.05])), "birth_month": str(draw.integers(1, 13)),
    }  # fmt: skip


def _at_16(draw: Generator, effect: float) -> Row:
    start = draw.normal(effect / 2, 1)
    row: Row = {}
    if draw.random() > WITHOUT_START:
        for name in ("ks2_reading", "ks2_maths"):
            score = round(104.5 + 7.5 * (0.85 * start + 0.5 * draw.normal()))
            row[name] = str(min(score, 120)) if score >= 80 else "N"
    later = 4.7 + effect + 1.75 * (0.75 * start + 0.66 * draw.normal())
    row |= {name: _grade(draw, later) for name in SUBJECTS}
    if draw.random() < 0.25:
        row |= {name: _grade(draw, later + 0.8) for name in ("biology", "chemistry", "physics")}
    else:
        high = int(np.clip(round(later + draw.normal(0, 0.7)), 1, CAPPED))
        row["combined_science"] = f"{high}-{max(1, high - int(draw.integers(2)))}"
    row |= {name: _grade(draw, later) for name, share in TAKEN.items() if draw.random() < share}
    row |= {f"open_{number}": _grade(draw, later + 0.4) for number in range(1, 4)}
    return row


def _grade(draw: Generator, around: float) -> str:
    grade = int(np.clip(round(around + draw.normal(0, 0.8)), 0, CAPPED))
    return str(grade) if grade else "U"


def _at_11(draw: Generator, effect: float) -> Row:
    level = draw.normal(effect, 1)
    row: Row = {}
    for name in ("reading", "maths"):
        score = round(104.5 + 7.5 * (0.9 * level + 0.45 * draw.normal()))
        row[name] = str(min(score, 120)) if score >= 80 else "BN"[draw.integers(2)]
    around = level + 0.4 * draw.normal()
    row["writing"] = "GDS" if around > 1.1 else "EXS" if around > -0.55 else "WTS" if around > -1.8 else "PK5"
    return row
