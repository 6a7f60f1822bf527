"""Measures of key stage 2 and 4 for each pupil: what a pupil adds to the numerator, and whether they are in the cohort."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from headway.definitions.progress8 import Progress8
from headway.pupil_results import basics, ebacc, key_stage2, progress8
from headway.pupil_results.attainment8 import Elements, Points, elements
from headway.pupil_results.prior_attainment import average
from headway.pupil_results.stored import Stored
from headway.pupil_results.template import CODED, HUMANITIES, LANGUAGES, OPEN, SCIENCES, SCORED, Stage
from headway.vocabulary.academic_year import AcademicYear

Floats = NDArray[np.float64]
KS2_TO_KS4 = 5  # years between the tests and the exams
PROGRESS8 = "ks4.progress8"


@dataclass(frozen=True)
class PupilMeasure:
    """`adds` is what each pupil adds, NaN outside the cohort; a share counts those who met something, a mean adds points.

    `spread` is the national standard deviation from which an interval is worked out, where one is published.
    """

    id: str
    kind: Literal["share", "mean"]
    unit: str
    adds: Floats
    spread: float | None = None


def of(stored: Stored, tables: Progress8 | None) -> list[PupilMeasure]:
    """Every measure of a stage; Progress 8 only with the year's tables."""
    return list(_ks2(stored) if stored.stage is Stage.KS2 else _ks4(stored, tables))


def cohort(stored: Stored) -> NDArray[np.bool_]:
    """Who is at the end of the stage: at key stage 4 everybody in the file, at key stage 2 those not of another year or gone."""
    if stored.stage is Stage.KS2:
        return key_stage2.in_cohort(outcomes(stored))
    return np.ones(len(stored.urns), dtype=np.bool_)


def outcomes(stored: Stored) -> key_stage2.Outcomes:
    texts = (stored.columns[name] for name in ("reading_code", "maths_code", "writing"))
    return key_stage2.Outcomes(stored.numbers("reading"), stored.numbers("maths"), *texts)


def _ks2(stored: Stored) -> Iterator[PupilMeasure]:
    results = outcomes(stored)
    inside = key_stage2.in_cohort(results)
    for name, met in (("ks2.rwm_expected", key_stage2.expected(results)), ("ks2.rwm_higher", key_stage2.higher(results))):
        yield PupilMeasure(name, "share", "percent", np.where(inside, met.astype(np.float64), np.nan))
    for subject in ("reading", "maths"):
        yield PupilMeasure(f"ks2.{subject}_score", "mean", "score", np.where(inside, stored.numbers(subject), np.nan))


def _ks4(stored: Stored, tables: Progress8 | None) -> Iterator[PupilMeasure]:
    attained = attainment(stored)
    yield PupilMeasure("ks4.attainment8", "mean", "score", attained.total)
    if tables:
        found = progress8.scores(attained, starts(stored, tables), tables)
        spread = tables.spread
        yield PupilMeasure(PROGRESS8, "mean", "progress", found.progress8, spread.progress8)
        parts = ((found.english, spread.english), (found.maths, spread.maths), (found.ebacc, spread.ebacc), (found.open, spread.open))
        for name, (scores, apart) in zip(("english", "maths", "ebacc", "open"), parts, strict=True):
            yield PupilMeasure(f"{PROGRESS8}_{name}", "mean", "progress", scores, apart)
    language, literature, maths = core(stored)
    for name, grade in (("ks4.basics_94", basics.STANDARD), ("ks4.basics_95", basics.STRONG)):
        yield PupilMeasure(name, "share", "percent", basics.met(language, literature, maths, grade).astype(np.float64))
    rest = (stored.side_by_side(*names) for names in (SCIENCES, HUMANITIES, LANGUAGES))
    taken = ebacc.Subjects(language, literature, maths, stored.numbers("combined_science"), *rest)
    yield PupilMeasure("ks4.ebacc_entry", "share", "percent", ebacc.entered(taken).astype(np.float64))
    yield PupilMeasure("ks4.ebacc_aps", "mean", "score", ebacc.average_points(taken))


def core(stored: Stored) -> tuple[Floats, Floats, Floats]:
    """English language, English literature and maths."""
    return stored.numbers("english_language"), stored.numbers("english_literature"), stored.numbers("maths")


def attainment(stored: Stored) -> Elements:
    """The elements of Attainment 8 of each pupil. The double award fills two slots with the mean of its grades."""
    academic = stored.side_by_side("combined_science", "combined_science", *SCIENCES, *HUMANITIES, *LANGUAGES)
    return elements(Points(*core(stored), academic, stored.side_by_side(*OPEN)))


def starts(stored: Stored, tables: Progress8 | None) -> Floats:
    """Each pupil's key stage 2 average, NaN without a result, and NaN with an outcome that the tables hold no score for: the other subject
    alone would set such a pupil too high. Without tables no outcome but a scaled score counts.
    """
    both = [_start(stored, name, tables) for name in CODED[Stage.KS4]]
    return np.where(_unscored(stored, both).any(axis=0), np.nan, average(*both))


def without_score(stored: Stored, tables: Progress8 | None) -> int:
    """How many pupils have an outcome of the tests that the tables hold no score for."""
    return int(_unscored(stored, [_start(stored, name, tables) for name in CODED[Stage.KS4]]).any(axis=0).sum())


def _unscored(stored: Stored, points: list[Floats]) -> NDArray[np.bool_]:
    """(2, n): which outcomes are results, and have no score."""
    results = [np.isin(stored.columns[f"{name}_code"], SCORED) for name in CODED[Stage.KS4]]
    return np.logical_and(results, np.isnan(points))


def _start(stored: Stored, name: str, tables: Progress8 | None) -> Floats:
    summers = np.nan_to_num(stored.numbers("ks2_summer"), nan=test_summer(stored.year))
    points = stored.numbers(name)
    codes = stored.columns[f"{name}_code"]
    for code, summer in {*zip(codes[codes != ""].tolist(), summers[codes != ""].tolist(), strict=True)}:
        score = tables.points(code, int(summer)) if tables else None
        points = np.where((codes == code) & (summers == summer), np.nan if score is None else score, points)
    return points


def test_summer(year: AcademicYear) -> int:
    """The summer in which most pupils of a key stage 4 cohort sat their key stage 2 tests."""
    return year.start + 1 - KS2_TO_KS4


def rank_values(stored: Stored) -> Floats:
    """What pupils are put in order by for the local rank gap: the mean of English and maths, or of reading and maths where both have a
    score.
    """
    if stored.stage is Stage.KS2:
        return (stored.numbers("reading") + stored.numbers("maths")) / 2
    english = np.fmax(stored.numbers("english_language"), stored.numbers("english_literature"))
    both: Floats = (np.nan_to_num(english) + np.nan_to_num(stored.numbers("maths"))) / 2
    return both
