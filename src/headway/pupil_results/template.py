"""The two templates for results of pupils, key stage 2 and key stage 4: their columns and what may stand in each.

Everything that may stand in a cell is from a closed list or a number in a range, so that nothing else can reach what is stored.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from headway.pupil_results import outcome_codes

Value = str | float
NAN = float("nan")


class Stage(StrEnum):
    KS2 = "ks2"
    KS4 = "ks4"


class Impossible(Exception):
    """A cell that the column cannot hold. It carries no text, since the cell may hold a name."""


def _one_of(values: Mapping[str, Value], blank: Value) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if not text:
            return blank
        try:
            return values[text.upper()]
        except KeyError:
            raise Impossible from None

    return read


def _whole(lowest: int, highest: int) -> Callable[[str], Value]:
    return _one_of({str(number): float(number) for number in range(lowest, highest + 1)}, NAN)


GRADES: dict[str, Value] = {**{str(grade): float(grade) for grade in range(1, 10)}, "U": 0.0, "X": 0.0}
_PAIRS = [(high, low) for high in range(1, 10) for low in (high, high - 1) if low]
DOUBLE_GRADES: dict[str, Value] = {
    **{f"{high}{mark}{low}": (high + low) / 2 for high, low in _PAIRS for mark in ("", "-")},
    **dict.fromkeys(("U", "UU", "U-U", "X", "XX", "X-X"), 0.0),
}
MOST_POINTS = 10.75  # an A at AS level, which may stand among the open subjects
_POINTS = re.compile(r"^\d{1,2}(\.\d{1,2})?$")
YES_NO: dict[str, Value] = {"Y": "yes", "N": "no"}
SEX: dict[str, Value] = {"F": "girls", "M": "boys"}
SEN: dict[str, Value] = {"N": "none", "K": "support", "E": "ehcp"}
SCORED = ("N", "BLW", "PKF", "PKE", "PKG")  # outcomes before key stage 4 that may count as a score
UNSCORED = ("A", "B", "M", "Q", "T", "X")  # no result


def scored(value: Value) -> bool:
    """Whether an outcome of the tests before key stage 4 is a result: a scaled score, or a code that counts as one."""
    return value in SCORED if isinstance(value, str) else value == value


def _points(text: str) -> Value:
    if text.upper() in GRADES or not text:
        return GRADES.get(text.upper(), NAN)
    if _POINTS.match(text) and float(text) <= MOST_POINTS:
        return float(text)
    raise Impossible


def _test(codes: tuple[str, ...]) -> Callable[[str], Value]:
    """A scaled score as a number, or one of the codes as it stands."""
    lowest, highest = int(outcome_codes.LOWEST), int(outcome_codes.HIGHEST)
    scores: dict[str, Value] = {str(score): float(score) for score in range(lowest, highest + 1)}
    return _one_of({**scores, **{code: code for code in codes}}, NAN)


@dataclass(frozen=True)
class Column:
    """One column. `read` turns a stripped cell into its value or raises Impossible; `graded`: its faults are impossible grades."""

    name: str
    meaning: str
    read: Callable[[str], Value]
    needed: bool = False  # the column must be there
    filled: bool = False  # and no cell of it empty
    graded: bool = False


def _text(text: str) -> Value:
    return text


_grade, _double = _one_of(GRADES, NAN), _one_of(DOUBLE_GRADES, NAN)
_writing = _one_of({code: code for code in (*outcome_codes.WRITING_MET, *outcome_codes.WRITING_NOT_MET, *outcome_codes.OUTSIDE)}, "")
WHO = (
    Column("pupil", "The pupil's UPN, or another number that is always the same; kept only as a keyed hash", _text, True, True),
    Column("urn", "The URN of the school where the pupil counts", _text, True, True),
    Column("year", "The academic year of the results, as 2023/24", _text, True, True),
    Column("sex", "F or M", _one_of(SEX, "")),
    Column(
        "disadvantaged", "Y or N: pupil premium, that is free meals in six years, looked after or adopted from care", _one_of(YES_NO, "")
    ),
    Column("eal", "Y or N: English as an additional language", _one_of(YES_NO, "")),
    Column("sen", "N none, K SEN support, E education, health and care plan", _one_of(SEN, "")),
    Column("birth_month", "1 to 12, for value added only", _whole(1, 12)),
)
KS2_COLUMNS = (
    *WHO,
    Column("reading", "Scaled score 80 to 120, or a code", _test((*outcome_codes.NOT_MET, *outcome_codes.OUTSIDE)), True, True, True),
    Column("maths", "Scaled score 80 to 120, or a code", _test((*outcome_codes.NOT_MET, *outcome_codes.OUTSIDE)), True, True, True),
    Column("writing", "The teacher's assessment: GDS, EXS, WTS, PK1 to PK6, EM, A, D, or F, L, M, P", _writing, True, True, True),
)
SCIENCES = ("biology", "chemistry", "physics", "computer_science")
HUMANITIES = ("history", "geography")
LANGUAGES = ("language_1", "language_2")
OPEN = tuple(f"open_{number}" for number in range(1, 7))
KS4_COLUMNS = (
    *WHO,
    Column("ks2_summer", "The summer of the key stage 2 tests; when empty, five years before", _whole(2012, 2100)),
    Column("ks2_reading", "Scaled score 80 to 120, or N, BLW, PKF, PKE, PKG; empty for no result", _test((*SCORED, *UNSCORED)), True),
    Column("ks2_maths", "As ks2_reading", _test((*SCORED, *UNSCORED)), True),
    Column("english_language", "Grade 9 to 1, U; X absent; empty for not taken", _grade, True, graded=True),
    Column("english_literature", "A grade", _grade, True, graded=True),
    Column("maths", "A grade", _grade, True, graded=True),
    Column("combined_science", "Two grades, as 5-4 or 54; U", _double, graded=True),
    *(Column(name, "A grade", _grade, graded=True) for name in (*SCIENCES, *HUMANITIES)),
    *(Column(name, "A grade in a modern or ancient language", _grade, graded=True) for name in LANGUAGES),
    *(Column(name, f"Another subject: a grade, or points up to {MOST_POINTS}", _points, graded=True) for name in OPEN),
)
TEMPLATES: dict[Stage, tuple[Column, ...]] = {Stage.KS2: KS2_COLUMNS, Stage.KS4: KS4_COLUMNS}

CODED = {Stage.KS2: ("reading", "maths"), Stage.KS4: ("ks2_reading", "ks2_maths")}  # a number or a code; stored as two columns


def header(stage: Stage) -> str:
    """The template's first line."""
    return ",".join(column.name for column in TEMPLATES[stage])
