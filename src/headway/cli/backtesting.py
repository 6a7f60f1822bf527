"""The time machine's command: tiers backtest."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from headway.cli.asking import _door, day_of
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.tiers import SCHEME_HELP, app
from headway.vocabulary.errors import HeadwayError

FRONTIER = ("points", "flagged", "caught", "precision", "recall", "schools", "days", "within")
GROUPS = ("by", "group", "units", "fell", "missed", "missed_low", "missed_high", "alarmed", "alarmed_low", "alarmed_high", "why")
RUNS = ("as_of", "until", "at_risk", "labelled", "fell", "flagged", "caught", "points", "previous_grade", "second_opinion", "undecided")


def register(main: typer.Typer) -> None:
    """Beside the other tier commands, which made the group."""
    app.command()(backtest)


def backtest(
    as_of: Annotated[str, typer.Option("--as-of", help="The past day, as 2017-01-31.")],
    until: Annotated[str, typer.Option("--until", help="By when something may have come of it; default three years later.")] = "",
    scheme: Annotated[str, typer.Option("--scheme", help=SCHEME_HELP)] = "",
    outcome: Annotated[
        str, typer.Option("--outcome", help="inspection_fall, inspection_inadequate, results_lowest, or one of your own.")
    ] = "inspection_fall",
    capacity: Annotated[float, typer.Option("--capacity", min=0.001, max=1, help="The share of schools that the team can take.")] = 0.1,
    days: Annotated[float | None, typer.Option("--days", help="The team's adviser days a year: marks the thresholds within them.")] = None,
    taught_on: Annotated[str, typer.Option("--taught-on", help="An earlier day to teach a second opinion on.")] = "",
    last: Annotated[str, typer.Option("--every-year-to", help="Run the same day of each year up to this one.")] = "",
    years: Annotated[float, typer.Option("--years", min=0.5, max=10, help="Without --until: how many years to look ahead.")] = 3,
    authority: Annotated[str, typer.Option("--authority", help="Authority code; default every school of the country.")] = "",
    kept: Annotated[
        bool, typer.Option("--keep", help="Keep what it finds of groups: a wide gap holds proposals back until somebody answers for it.")
    ] = False,
    schools: Annotated[bool, typer.Option("--schools", help="Each school at risk: what was proposed, what came of it.")] = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What a scheme would have flagged on a past day, with what was known then, and what came of it: hits, misses, false alarms."""
    from headway.readings.tier_backtest.running import Test, end_of
    from headway.readings.tier_backtest.running import backtest as ask

    door, first = _door(home), _needed(as_of)
    if last and kept:
        raise HeadwayError("H-USAGE-93", "Several years are not kept as one test.", remedy="Give --as-of and --until with --keep.")
    if last:
        _several(door, Test(first, first, scheme, outcome, capacity, None, authority), _needed(last), years, form, out)
        return
    end = day_of(until) or end_of(first, years)
    asked = Test(first, end, scheme, outcome, capacity, day_of(taught_on), authority)
    found = _kept(door, asked) if kept else ask(door, asked)
    if schools:
        emit([_school(one) for one in found.schools], form, out=out)
    elif form is Format.TABLE and out is None:
        _say(found, days)
    else:
        emit([_row(found, days)], form, out=out)


def _kept(door: Any, asked: Any) -> Any:
    """Run it, keep it, and let the audit know."""
    from headway.readings.tier_backtest.keeping import keep
    from headway.site import running

    found, test = keep(door, asked)
    running.keep_backtest(door.home, test, by="command:backtest")
    gaps = sum(one.beside.wide for one in test.gaps)
    typer.echo(f"Kept as {test.id[:16]}, with {gaps} wide {'gap' if gaps == 1 else 'gaps'} between groups.", err=True)
    return found


def _needed(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise HeadwayError("H-USAGE-93", "No day was given.", remedy="Write it as 2017-01-31.")
    return day


def _say(found: Any, days: float | None) -> None:
    from headway.language.backtests import backtest_lines

    say("\n".join(backtest_lines(found)) + "\n\nSupport from so many points on, and the adviser days for all schools sorted:")
    emit([_threshold(one, days) for one in found.frontier], Format.TABLE, columns=FRONTIER if days else FRONTIER[:-1])
    say("\nAt the team's capacity, the share of falls missed and of others flagged, with 95% limits:")
    emit([_plain(one) for one in found.groups], Format.TABLE, columns=GROUPS)


def _several(door: Any, asked: Any, last: date, years: float, form: Format, out: Path | None) -> None:
    """A row a year; each year's second opinion is taught on the one before, of which only what was known by the day is used."""
    from headway.readings.tier_backtest.running import every_year_of

    rows = [_run(found) for found in every_year_of(door, asked, last, years)]
    emit(rows, form, columns=RUNS, out=out, empty="No year between them could be scored.")


def _run(found: Any) -> dict[str, Any]:
    """One year as plain values; of each way to rank the recall at the capacity."""
    ranked = {one.name: one.at_capacity.recall for one in found.ranked}
    row = {name: getattr(found, name) for name in ("as_of", "until", "at_risk", "labelled", "fell")}
    row |= {"flagged": found.flagged.flagged, "caught": found.flagged.caught, "undecided": found.undecided.flagged}
    return row | {name: ranked.get(name) for name in ("points", "previous_grade", "second_opinion")} | {"lead_months": found.lead.median}


def _plain(one: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one)


def _threshold(one: Any, days: float | None) -> dict[str, Any]:
    picked = one.picked
    return {
        "points": one.points, "flagged": picked.flagged, "caught": picked.caught, "precision": picked.precision, "recall": picked.recall,
        "schools": one.schools, "days": one.days, "within": None if days is None else one.days <= days,
    }  # fmt: skip


def _ranked(one: Any) -> dict[str, Any]:
    return {
        "name": one.name, "flagged": one.at_capacity.flagged, "caught": one.at_capacity.caught, "precision": one.at_capacity.precision,
        "recall": one.at_capacity.recall, "recall_interval": one.at_capacity.recall_interval, "average_precision": one.average_precision,
        "area": one.area,
    }  # fmt: skip


def _row(found: Any, days: float | None) -> dict[str, Any]:
    """The whole back-test as plain values, without the single schools."""
    row = {key: value for key, value in _plain(found).items() if key not in ("schools", "ranked", "frontier", "snapshot")}
    row |= {"snapshot": found.snapshot.id, "library": found.snapshot.library_digest, "ranked": [_ranked(one) for one in found.ranked]}
    return row | {"frontier": [_threshold(one, days) for one in found.frontier]}


def _school(one: Any) -> dict[str, Any]:
    return _plain(one) | {"reasons": list(one.reasons)}
