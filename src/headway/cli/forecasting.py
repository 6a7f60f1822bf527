"""Commands of forecasts: where a figure may go, and how forecasts have held."""

from typing import Annotated, Any

import typer

from headway.cli.asking import _door, viewer
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.academic_year import AcademicYear

FAN = ("year", "q10", "q25", "q50", "q75", "q90", "no_forecast_because")
KEPT = ("measure", "cut", "horizon", "shown", "reason", "trials", "model", "last", "three", "ratio", "inside_80", "slope")


def register(app: typer.Typer) -> None:
    app.command()(forecast)
    app.command()(calibration)


def forecast(
    place: Annotated[str, typer.Argument(help="An authority code, as 330.")],
    measure: Annotated[str, typer.Argument(help="Measure id, as ks2.rwm_expected.")],
    to: Annotated[str, typer.Option("--to", help="Up to this academic year; default three years on.")] = "",
    cut: Annotated[str, typer.Option(help="all, or a cut such as disadvantage=yes.")] = "all",
    gap: Annotated[bool, typer.Option("--gap", help="The gap to England, which England's own movement does not blur.")] = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Where an authority's figure may go, as far as forecasts were tried and found better; else why there is none."""
    from headway.language.forecasts import outlook_words, tried_words
    from headway.readings.forecasting import outlook

    last = AcademicYear.parse(to) if to else None
    found = outlook(_door(home), viewer(), place=place, measure=measure, cut=cut, to=last, gap=gap)
    if form is Format.TABLE and not out:
        say("\n".join([outlook_words(found), *(tried_words(one) for one in found.tested)]))
    emit(found.as_dicts(), form, columns=FAN, out=out, empty=found.no_forecast_because)


def calibration(home: Home = None, form: Form = Format.TABLE, out: Out = None) -> None:
    """How forecasts have held on past years: by horizon, and by measure and cut beside the last value and the mean of three years."""
    from headway.language.forecasts import levels_words, promise_words, record_words
    from headway.readings.forecasting import calibration as ask

    found = ask(_door(home))
    rows: list[dict[str, Any]] = [one.as_dict() for one in found.measures]
    if form is Format.JSON:
        emit([{"records": [one.as_dict() for one in found.records], "measures": rows, "levels": found.levels_dict()}], form, out=out)
        return
    if form is Format.TABLE and not out:
        lines = [line for one in found.records for line in (record_words(one), promise_words(one)) if one.ratio is not None or line]
        say("\n".join([*lines, levels_words(found)]))
    emit(rows, form, columns=KEPT, out=out, empty="No forecast was tried: too few comparable years of authorities are loaded.")
