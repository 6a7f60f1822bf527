"""The command that asks whether attendance and results of schools move together: attendance results. Published figures, no pupil."""

from typing import Annotated

import typer

from headway.cli.asking import Early
from headway.cli.asking import viewer as keyboard
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.pupils import open_for
from headway.vocabulary.academic_year import AcademicYear


def register(group: typer.Typer) -> None:
    group.command()(results)


def results(
    measure: Annotated[str, typer.Option("--measure", help="The result, as ks2.rwm_expected or ks4.attainment8.")] = "ks2.rwm_expected",
    first: Annotated[str, typer.Option("--from", help="The first year, as 2016/17; default the last two with both figures.")] = "",
    last: Annotated[str, typer.Option("--to", help="The second year.")] = "",
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Did results change where absence changed? Every school of England, intake held, with limits and a placebo. Association, not cause."""
    from headway.language.attendance_results import link_lines
    from headway.readings.attendance_results import attendance_and_results
    from headway.store.workspace import open_workspace
    from headway.vocabulary.place import Level

    door = open_for(home)
    area = next(iter(open_workspace(door.home).areas), "")
    years = {name: AcademicYear.parse(text) if text else None for name, text in (("first", first), ("last", last))}
    found = attendance_and_results(door, keyboard(early), measure, authority=area, **years)
    if form is Format.TABLE:
        say("\n".join(link_lines(found, door.name(Level.AUTHORITY, area))), out)
    else:
        emit([found.as_dict() | {"words": link_lines(found, door.name(Level.AUTHORITY, area))}], form, out=out)
