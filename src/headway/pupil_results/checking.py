"""Takes a file of pupils apart, cell by cell, and tells every fault at once: by row and column, never by what stands there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from headway.protected import pupil_keys
from headway.pupil_results.template import TEMPLATES, Column, Impossible, Stage, Value
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

EMPTY = "nothing stands here"
TOO_WIDE = "the row has more cells than the header"
NOT_A_URN = "not a URN, which has six digits"
UNKNOWN_URN = "no list of schools that was loaded holds this URN"
NOT_A_YEAR = "not an academic year"
OTHER_YEAR = "another year than the rest of the file"
NOT_THE_YEAR = "another year than the one asked for"
TWICE = "the pupil stands in the file more than once"
IMPOSSIBLE_GRADE = "an impossible grade or score"
IMPOSSIBLE = "not one of the column's codes"


class Fault(NamedTuple):
    """One fault: the row, from 1 under the header, the template's column, and what is wrong in fixed words."""

    row: int
    column: str
    problem: str


@dataclass(frozen=True)
class Checked:
    """A file's columns by name, a value for each pupil. Valid only when there is no fault. `left_out` are columns, counted from 1,
    that the template does not have.
    """

    stage: Stage
    year: AcademicYear | None
    columns: dict[str, list[Value]]
    faults: list[Fault]
    left_out: tuple[int, ...] = ()

    @property
    def pupils(self) -> int:
        return len(self.columns["pupil"])


def stage_of(header: list[str], wanted: Stage | None) -> tuple[Stage, dict[str, int]]:
    """Which template a header is of, and where its columns stand. Raises H-DATA-61 naming what is missing of the nearest."""
    names = [" ".join(name.split()).lower().replace(" ", "_") for name in header]
    places = {name: at for at, name in reversed(list(enumerate(names)))}
    lacking = {
        stage: [column.name for column in columns if column.needed and column.name not in places]
        for stage, columns in TEMPLATES.items()
        if wanted in (None, stage)
    }
    stage = min(lacking, key=lambda one: len(lacking[one]))
    twice = [column.name for column in TEMPLATES[stage] if names.count(column.name) > 1]
    if lacking[stage] or twice:
        words = [f"without {', '.join(lacking[stage])}"] if lacking[stage] else []
        words += [f"with {', '.join(twice)} more than once"] if twice else []
        raise HeadwayError(
            "H-DATA-61",
            "The file is in neither template of pupil results." if wanted is None else f"The file is not in the {wanted} template.",
            f"The nearest is that of {stage}, and the file is {' and '.join(words)}.",
            "docs/how-to/pupil-results.md has the columns of both.",
        )
    return stage, {column.name: places[column.name] for column in TEMPLATES[stage] if column.name in places}


def check(rows: Iterable[list[str]], header: list[str], *, key: bytes, urns: Mapping[int, object] | set[int],
          year: AcademicYear | None = None, stage: Stage | None = None) -> Checked:  # fmt: skip
    """Read every row of a file. `urns` are the schools known; `year` and `stage` what the file is said to be."""
    found, places = stage_of(header, stage)
    columns = TEMPLATES[found]
    values: dict[str, list[Value]] = {column.name: [] for column in columns}
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=1):
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            faults.append(Fault(number, "", TOO_WIDE))
        for column in columns:
            at = places.get(column.name, len(row))
            text = row[at].strip() if at < len(row) else ""
            values[column.name].append(_value(column, text, number, faults))
    values["pupil"] = [pupil_keys.pupil_key(key, str(text)) if text else "" for text in values["pupil"]]
    faults += [Fault(row, "pupil", TWICE) for row in _repeated(values["pupil"])]
    values["urn"] = [_urn(text, number, urns, faults) for number, text in enumerate(values["urn"], start=1)]
    common = _one_year(values["year"], year, faults)
    left_out = tuple(at + 1 for at in range(len(header)) if at not in places.values())
    return Checked(found, common, values, sorted(faults), left_out)


def _value(column: Column, text: str, number: int, faults: list[Fault]) -> Value:
    if column.filled and not text:
        faults.append(Fault(number, column.name, EMPTY))
    try:
        return column.read(text)
    except Impossible:
        faults.append(Fault(number, column.name, IMPOSSIBLE_GRADE if column.graded else IMPOSSIBLE))
        return ""


def _repeated(keys: list[Value]) -> list[int]:
    often = {key for key, count in Counter(keys).items() if count > 1 and key}
    return [number for number, key in enumerate(keys, start=1) if key in often]


def _urn(value: Value, number: int, known: Mapping[int, object] | set[int], faults: list[Fault]) -> float:
    text = str(value)
    if text and not (text.isascii() and text.isdigit() and len(text) == 6):
        faults.append(Fault(number, "urn", NOT_A_URN))
    elif text and int(text) not in known:
        faults.append(Fault(number, "urn", UNKNOWN_URN))
    else:
        return float(text or 0)
    return 0.0


def _one_year(texts: list[Value], wanted: AcademicYear | None, faults: list[Fault]) -> AcademicYear | None:
    """The year of the file: the one asked for, else the one that most rows have."""
    spelt = {str(text): _year(str(text)) for text in set(texts)}
    counted = Counter(year for text in texts if (year := spelt[str(text)]))
    common = wanted or (max(counted, key=lambda one: (counted[one], one)) if counted else None)
    for number, text in enumerate(texts, start=1):
        year = spelt[str(text)]
        if text and year != common:
            faults.append(Fault(number, "year", NOT_A_YEAR if year is None else NOT_THE_YEAR if wanted else OTHER_YEAR))
    return common


def _year(text: str) -> AcademicYear | None:
    try:
        return AcademicYear.parse(text)
    except HeadwayError:
        return None
