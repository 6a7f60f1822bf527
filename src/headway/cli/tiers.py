"""The tier commands: propose, explain, compare."""

from pathlib import Path
from typing import Annotated, Any

import typer

from headway.cli.asking import Early, _door, day_of, viewer
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.tier_gate import Anyway, told_openly

app = typer.Typer(help="Tiers that a scheme proposes for schools, and why. People decide.", no_args_is_help=True)
PROPOSED = ("urn", "name", "phase", "governance", "tier", "points", "why")
MOVES = ("urn", "name", "phase", "first", "second", "days")
AsOf = Annotated[str, typer.Option("--as-of", help="With only what was published by this day, as 2017-01-31.")]
Said = Annotated[Path | None, typer.Option("--told", help="A csv of what people have said: urn, kind, on, source, clear, expires, note.")]
Place = Annotated[str, typer.Option("--authority", help="Authority code, as 330; default the workspace's first area.")]
Everywhere = Annotated[bool, typer.Option("--country", help="Every school of the country.")]
SCHEME_HELP = "A tier scheme, or one version of it, as aiming_higher.v1."


def register(main: typer.Typer) -> None:
    for command in (propose, explain, compare):
        app.command()(command)
    main.add_typer(app, name="tiers")


def propose(
    scheme: Annotated[str, typer.Option("--scheme", help=SCHEME_HELP)] = "",
    authority: Place = "",
    country: Everywhere = False,
    as_of: AsOf = "",
    told: Said = None,
    early: Early = False,
    unsigned: Anyway = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """The tier that the scheme proposes for each school, with every signal: met, not met, or unknown with the reason."""
    from headway.language.tiers import proposal_sentence
    from headway.readings.tier_proposal.comparing import cost
    from headway.readings.tier_proposal.proposing import propose as ask
    from headway.readings.tier_proposal.proposing import scheme_named

    door = _door(home)
    code = "" if country else _area(door, authority)
    openly = told_openly(door, scheme_named(door, scheme), unsigned)
    found = ask(door, viewer(early), scheme=scheme, authority=code, as_of=day_of(as_of), entries=_entries(door, told), evidence=not country)
    rule = door.library.tiers[found.scheme]
    rows = [row_of(one, proposal_sentence(one, rule)) for one in found.proposals]
    if form is not Format.TABLE:
        emit(rows, form, out=out)
        return
    emit(rows, form, columns=PROPOSED, out=out, empty="The scheme sorts no school there.")
    if out is None:
        say(_cost_words(cost(rule, door.library.entitlements[rule.entitlement], [one.tier for one in found.proposals])))
        for caution in (*found.cautions, *([openly] if openly else [])):
            typer.echo(caution, err=True)


def explain(
    urn: Annotated[str, typer.Argument(help="The school's URN.")],
    scheme: Annotated[str, typer.Option("--scheme", help=SCHEME_HELP)] = "",
    as_of: AsOf = "",
    told: Said = None,
    early: Early = False,
    unsigned: Anyway = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """One school's proposal in words: what is met and by how much, what is unknown and why, what would move it."""
    from headway.language.tiers import explained_lines, proposal_sentence
    from headway.readings.tier_proposal.proposing import explain as ask
    from headway.readings.tier_proposal.proposing import scheme_named

    door = _door(home)
    openly = told_openly(door, scheme_named(door, scheme), unsigned)
    found = ask(door, viewer(early), urn, scheme=scheme, as_of=day_of(as_of), entries=_entries(door, told))
    rule = door.library.tiers[found.scheme]
    if form is Format.TABLE:
        say("\n".join([*explained_lines(found, rule), *([openly] if openly else [])]), out)
        return
    emit([row_of(found.proposal, proposal_sentence(found.proposal, rule)) | {"would_move": list(found.lighter)}], form, out=out)


def compare(
    first: Annotated[str, typer.Argument(help=SCHEME_HELP)],
    second: Annotated[str, typer.Argument(help="The scheme to set beside it.")],
    authority: Place = "",
    country: Everywhere = False,
    as_of: AsOf = "",
    told: Said = None,
    early: Early = False,
    unsigned: Anyway = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who would move from one scheme to the other, and what it takes of advisers' days."""
    from headway.language.tiers import tier_words
    from headway.readings.tier_proposal.comparing import compare as ask
    from headway.readings.tier_proposal.proposing import propose as proposals
    from headway.readings.tier_proposal.proposing import scheme_named

    door = _door(home)
    code, day, said = "" if country else _area(door, authority), day_of(as_of), _entries(door, told)
    rules = scheme_named(door, first), scheme_named(door, second)
    openly = [said for said in (told_openly(door, rule, unsigned) for rule in rules) if said]
    both = [proposals(door, viewer(early), scheme=rule.id, authority=code, as_of=day, entries=said, evidence=False) for rule in rules]
    given = tuple(door.library.entitlements[rule.entitlement] for rule in rules)
    found = ask(both[0], both[1], rules, (given[0], given[1]))
    rows = [
        {"urn": one.before.urn, "name": one.before.name, "phase": one.before.phase, "governance": one.before.governance,
         "first": one.before.tier, "second": one.after.tier, "days": one.days}
        for one in found.moves
    ]  # fmt: skip
    words = [(tier_words(rules[0], one.before.tier), tier_words(rules[1], one.after.tier)) for one in found.moves]
    shown = [row | {"first": before, "second": after} for row, (before, after) in zip(rows, words, strict=True)]
    emit(shown if form is Format.TABLE else rows, form, columns=MOVES, out=out, empty="No school would move.")
    if form is Format.TABLE and out is None:
        say(f"{len(rows)} would move, {found.stay} stay.\n{_cost_words(found.first)}\n{_cost_words(found.second)}")
        for said in openly:
            typer.echo(said, err=True)


def row_of(one: Any, why: str) -> dict[str, Any]:
    """A proposal as plain values: each signal with its answer, and the reason where it is unknown."""
    signals = [
        {"signal": signal.name, "answer": signal.answer.value, "why": signal.why.value if signal.why else None, "points": signal.points}
        | ({"evidence": [_evidence(looked) for looked in signal.looked]} if signal.looked else {})
        for signal in one.signals
    ]
    return {
        "urn": one.urn, "name": one.name, "phase": one.phase, "governance": one.governance, "route": one.route, "powers": one.powers,
        "tier": one.tier, "by": one.by, "points": one.points, "reasons": list(one.reasons), "at_least": one.at_least,
        "at_most": one.at_most, "missing": list(one.missing), "why": why, "signals": signals,
    }  # fmt: skip


def _evidence(looked: Any) -> dict[str, Any]:
    from headway.language.tiers import looked_words

    found = {"predicate": looked.condition.predicate, "answer": looked.answered.answer.value, "said": looked_words(looked)}
    if looked.measure is not None:
        found |= {"measure": looked.measure.id, "years": [str(year) for year in looked.years], "own": looked.own, "beside": looked.theirs,
                  "margin": looked.operand.margin, "pupils": looked.operand.n}  # fmt: skip
    return found


def _cost_words(found: Any) -> str:
    tiers = ", ".join(f"{one.title} {one.schools} ({one.plan_days:g})" for one in found.tiers)
    undecided = f"; {found.undecided} without enough evidence, for whom no days are counted" if found.undecided else ""
    return (
        f"{found.scheme}: {found.plan_days:g} adviser days a year, about {found.advisers:.1f} advisers. Schools (days): {tiers}{undecided}."
    )


def _area(door: Any, authority: str) -> str:
    from headway.vocabulary.place import authority_code

    if authority:
        return authority_code(authority)
    return str(door.published.areas[0][0])


def _entries(door: Any, path: Path | None) -> Any:
    from headway.readings.tier_proposal.told import read_entries

    return read_entries(path, door.library.soft_signals) if path else ()
