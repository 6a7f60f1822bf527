"""The family command: who is similar to a school, why, and who of them does better."""

from typing import Annotated, Any

import typer

from headway.cli.asking import _door, viewer
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.errors import HeadwayError

COLUMNS = ("urn", "name", "authority", "distance", "why")
CHANGED = ("measure", "year", "this_years_family", "last_years_family")
PARTNERS = ("urn", "name", "distance", "year", "value", "better_by", "shrunken", "q", "better_beyond_chance")


def register(app: typer.Typer) -> None:
    app.command()(family)


def family(
    urn: Annotated[str, typer.Argument(help="The school's URN.")],
    method: Annotated[str, typer.Option("--method", help="intake, intake_equal, or one of your own library; default intake.")] = "",
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", help="Your own weights: context.fsm6=2; repeat for more. What is not named does not count."),
    ] = None,
    partners_on: Annotated[str, typer.Option("--partners-on", help="A measure: who of the family does better on it, beyond chance.")] = "",
    changed: Annotated[
        bool, typer.Option("--changed", help="Who joined since last year and who left, and what it does to the means.")
    ] = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """The schools most similar to one by intake: why, how far, how firm; whom to learn from; what changed since last year."""
    from headway.language.families import family_sentences, partners_sentence
    from headway.readings.families import family as ask
    from headway.readings.partners import partners

    door, who = _door(home), viewer()
    found = ask(door, urn, who, method, weights_of(weight or []) if weight else None)
    if changed:
        words, means = _changed(door, found)
        if form is Format.TABLE and out is None:
            say(words)
        emit(means, form, columns=CHANGED, out=out, empty="No mean to show.")
        return
    learned = partners(door, found, who, partners_on) if partners_on else None
    rows = [_row(found, member) for member in found.members] if learned is None else [_partner(learned, one) for one in learned.looked_at]
    if form is not Format.TABLE:
        emit(rows, form, out=out)
        return
    if out is None:
        said = [*family_sentences(found), *([partners_sentence(learned)] if learned else [])]
        say("\n".join([f"{found.establishment.name} (URN {found.establishment.urn})", *said, ""]))
    emit(rows, form, columns=COLUMNS if learned is None else PARTNERS, out=out, empty="No school to show.")


def weights_of(given: list[str]) -> dict[str, float]:
    """context.fsm6=2 → {"context.fsm6": 2.0}. Raises H-USAGE-51."""
    found = {}
    for text in given:
        name, _, number = text.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise HeadwayError("H-USAGE-51", f"{text!r} is not a weight.", remedy="Write it as context.fsm6=2.", place="--weight") from None
    return found


def _row(found: Any, member: Any) -> dict[str, Any]:
    from headway.language.families import why_words

    school = member.establishment
    row: dict[str, Any] = {
        "of_urn": found.establishment.urn, "method": found.method, "year": str(found.year), "urn": school.urn, "name": school.name,
        "authority": school.authority_name, "distance": round(member.distance, 4), "why": why_words(member),
    }  # fmt: skip
    for one in member.attributes:
        row |= {f"{one.measure.id} own": one.own, f"{one.measure.id} theirs": one.theirs, f"{one.measure.id} alike": one.alike}
    return row


def _partner(found: Any, partner: Any) -> dict[str, Any]:
    school = partner.member.establishment
    return {
        "of_urn": int(found.own.place), "measure": found.measure.id, "year": str(partner.reading.year), "urn": school.urn,
        "name": school.name, "authority": school.authority_name, "distance": round(partner.member.distance, 4),
        "own_value": found.own.value,
        "value": partner.reading.value, "better_by": partner.better_by, "shrunken": partner.shrunken, "q": partner.q,
        "better_beyond_chance": partner.shown,
    }  # fmt: skip


def _changed(door: Any, found: Any) -> tuple[str, list[dict[str, Any]]]:
    """What is said of the change, and a row for each measure and year with the mean of both families."""
    from headway.language.families import change_words
    from headway.readings.family_changes import family_change

    change = family_change(door, found, tuple(door.library.measures))
    if change is None:
        return "The school had no family by this method a year before, or has none now.", []
    lists = {"joined": [one.urn for one in change.joined], "left": [one.urn for one in change.left]}
    rows = [
        {"measure": one.measure.id, "year": str(year), "this_years_family": now, "last_years_family": then} | lists
        for one in change.means
        for year, now, then in one.years
    ]
    return change_words(change), rows
