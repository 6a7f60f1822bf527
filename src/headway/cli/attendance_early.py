"""Commands of early warning: early. Each needs a named viewer and is written down."""

import csv
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli.asking import day_of
from headway.cli.attendance_group import audited
from headway.cli.attendance_reading import Urns, reader
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.pupils import Reading, open_for
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from headway.readings.attendance.early.done import Done

PUPILS = ("kind", "school", "pupil", "year_group", "since", "stands", "words")
GROUPS = ("school", "year_group", "stands", "words")
PREDICTED = ("school", "pupil", "year_group", "chance", "words")
SCHOOLS = ("school", "check", "stands", "words")
COLUMNS = ("urn", "pupil", "what", "on")


class Show(StrEnum):
    PUPILS = "pupils"
    CLUSTERS = "clusters"
    CODES = "codes"
    PREDICTED = "predicted"


def register(group: typer.Typer) -> None:
    group.command()(early)


def early(
    show: Annotated[Show, typer.Option("--show", help="pupils; clusters; codes, as schools use them; predicted: the end of the year.")] = (
        Show.PUPILS
    ),
    calibration: Annotated[bool, typer.Option("--calibration", help="How well the prediction did on pupils it was not taught on.")] = False,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Of pupils: drop, drifting, transition, monday, …; default all.")] = None,
    done: Annotated[
        Path | None, typer.Option("--done", help="A csv of what was done (urn,pupil,what,on): an honest action clears a flag.")
    ] = None,
    until: Annotated[str, typer.Option("--to", help="With marks up to this day; default today.")] = "",
    urn: Urns = None,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:  # fmt: skip
    """Who is drifting before being persistently absent: against their own past, with what chance would do; and who was attended to."""
    from headway.readings.attendance.early.asking import Asked

    asked = Asked(day_of(until), tuple(urn or ()), _done(done) if done else ())
    door, person = open_for(home), reader(viewer)
    if calibration:
        _calibration(door, person, asked, form, out)
        return
    ways = {Show.CLUSTERS: _clusters, Show.CODES: _codes, Show.PREDICTED: _predicted}
    rows, columns, beside = ways[show](door, person, asked) if show in ways else _pupils(door, person, asked, kind)
    audited(door.home, "read", f"early {show}", rows=len(rows))
    emit(rows, form, columns=columns, out=out, empty="Nothing stands out.")
    for line in beside:
        print(line, file=sys.stderr)


Told = tuple[list[dict[str, Any]], tuple[str, ...], tuple[str, ...]]


def _pupils(door: Any, person: Any, asked: Any, kind: list[str] | None) -> Told:
    from headway.language.early import flag_words, flags_answer, flags_basis
    from headway.readings.attendance.early.pupils import KINDS, flags

    unknown = [name for name in kind or () if name not in KINDS]
    if unknown:
        raise HeadwayError("H-USAGE-98", f"Nobody is flagged for {unknown[0]!r}.", remedy=f"There are: {', '.join(KINDS)}.")
    found = flags(door, person, asked, tuple(kind or KINDS))
    rows = [one.as_dict() | {"words": flag_words(one)} for one in found.flags]
    return rows, PUPILS, (flags_answer(found), *flags_basis(found))


def _clusters(door: Any, person: Any, asked: Any) -> Told:
    from headway.language.early import found_basis, group_words
    from headway.readings.attendance.early.schools import clusters

    found = clusters(door, person, asked)
    return [one.as_dict() | {"words": group_words(one)} for one in found.groups], GROUPS, found_basis(found)


def _codes(door: Any, person: Any, asked: Any) -> Told:
    from headway.language.early import found_basis, unlike_words
    from headway.readings.attendance.early.schools import school_anomalies

    found = school_anomalies(door, person, asked)
    return [one.as_dict() | {"words": unlike_words(one)} for one in found.schools], SCHOOLS, found_basis(found)


def _predicted(door: Any, person: Any, asked: Any) -> Told:
    from headway.language.early_chances import prediction_words, predictions_basis
    from headway.readings.attendance.early.predicted import predicted

    found = predicted(door, person, asked)
    return [one.as_dict() | {"words": prediction_words(one)} for one in found.listed], PREDICTED, predictions_basis(found)


def _calibration(door: Any, person: Any, asked: Any, form: Format, out: Path | None) -> None:
    from headway.language.early_chances import validation_lines
    from headway.readings.attendance.early.predicted import NONE_FULL, validation

    found = validation(door, person, asked)
    audited(door.home, "read", "early calibration")
    if found is None:
        print(NONE_FULL, file=sys.stderr)
    elif form is Format.TABLE:
        say("\n".join(validation_lines(found)), out)
        if out is None:
            emit([vars(one) for one in found.bands], form)
            emit([vars(one) for one in found.groups], form, empty="No group is large enough to look at its errors.")
    else:
        emit([found.as_dict()], form, out=out)


def _done(path: Path) -> "tuple[Done, ...]":
    """Raises H-USAGE-119 for a file that does not hold what it must; its cells are not told, for they are of pupils."""
    from headway.readings.attendance.early.done import Done

    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError):
        rows = [{}]
    wrong = [at for at, row in enumerate(rows, 1) if not _readable(row)]
    if wrong:
        words = f"What was done cannot be read from {path.name}: row {wrong[0]} under the header."
        raise HeadwayError("H-USAGE-119", words, remedy=f"Columns: {','.join(COLUMNS)}; a day as 2025-11-03; pupil empty for a school.")
    days = [day_of(row["on"].strip()) for row in rows]
    return tuple(Done(int(row["urn"]), row["pupil"].strip(), row["what"].strip(), day) for row, day in zip(rows, days, strict=True) if day)


def _readable(row: dict[str, str]) -> bool:
    if any(row.get(name) is None for name in COLUMNS) or not row["urn"].strip().isdigit():
        return False
    try:
        return day_of(row["on"].strip()) is not None
    except HeadwayError:
        return False
