"""The strengths command: who in an area may have something to give, and who may want help."""

from typing import Annotated, Any

import typer

from headway.cli.asking import _door, day_of
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.tiers import Place, _area

COLUMNS = ("urn", "name", "area_of_support", "suggested_as", "rests_on")


def register(app: typer.Typer) -> None:
    app.command()(strengths)


def strengths(
    authority: Place = "",
    needs: Annotated[bool, typer.Option("--needs", help="Needs instead: schools beyond chance below those of like intake.")] = False,
    as_of: Annotated[str, typer.Option("--as-of", help="As it was known on a past day, as 2019-08-31; it says nothing of today.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What figures and inspection suggest that schools may give to others, or want help with. People decide."""
    from headway.language.brokerage import as_of_sentence, selective_sentence, suggestions_sentence
    from headway.readings.strengths import suggestions

    door = _door(home)
    found = suggestions(door, _area(door, authority), day_of(as_of) if as_of else None)
    titles = {name: area.title for name, area in door.library.support_areas.items()}
    rows = [_figure(one, titles, door.school_names) for one in found.found if one.strong is not needs]
    rows += [_judged(one, titles, door.school_names) for one in found.inspected if one.strong is not needs]
    if form is Format.TABLE and out is None:
        say(" ".join(filter(None, (as_of_sentence(found), suggestions_sentence(found), selective_sentence(found)))) + "\n")
    rows = [{**one, "as_of": str(found.as_of) if found.as_of else None} for one in rows]
    emit(rows, form, columns=COLUMNS, out=out, empty="Nothing stands out beyond chance.")


def _figure(one: Any, titles: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    from headway.language.brokerage import found_sentence

    numbers = {"measure": one.measure.id, "cut": one.cut, "better_by": one.better_by, "low": one.low, "high": one.high, "q": one.q}
    return {**_who(one, titles, names), "rests_on": found_sentence(one), **numbers}


def _judged(one: Any, titles: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    from headway.language.brokerage import judged_sentence

    nothing = dict.fromkeys(("measure", "cut", "better_by", "low", "high", "q"))
    return {**_who(one, titles, names), "rests_on": judged_sentence(one), **nothing}


def _who(one: Any, titles: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    way = "a strength" if one.strong else "a need"
    return {"urn": one.urn, "name": names.get(str(one.urn), ""), "area_of_support": titles[one.area], "suggested_as": way}
