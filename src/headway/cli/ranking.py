"""Commands of fair comparison: rank, claim, gaps."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from headway.cli.asking import Early, _door, place_of, viewer
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level, authority_code

CHANGES: tuple[str, ...] = ("rank", "name", "change", "shrunken_change", "p_rise", "rank_low", "rank_high", "p_top_10")
STANDS: tuple[str, ...] = ("rank", "name", "value", "shrunken", "rank_low", "rank_high", "p_top_10")


def register(app: typer.Typer) -> None:
    app.command()(rank)
    app.command()(claim)
    app.command()(claims)
    app.command()(gaps)


def rank(
    measure: Annotated[str, typer.Argument(help="Measure id, as ks2.rwm_expected.")],
    level: Annotated[Level, typer.Option(help="authority or school.")] = Level.AUTHORITY,
    authority: Annotated[str, typer.Option("--authority", help="With --level school: only this authority's schools.")] = "",
    phase: Annotated[str, typer.Option(help="With --level school: primary, secondary, …; default that of most schools.")] = "",
    improved_from: Annotated[str, typer.Option("--improved-from", help="Rank by the change since this academic year.")] = "",
    last: Annotated[str, typer.Option("--to", help="The later academic year of a change.")] = "",
    year: Annotated[str, typer.Option(help="Rank in this academic year; default the newest.")] = "",
    cut: Annotated[str, typer.Option(help="all, or a cut such as disadvantage=yes.")] = "all",
    top: Annotated[int, typer.Option(min=1, max=100, help="The chance of being among the first so many.")] = 10,
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who stands where, or who improved most: each with the range its place can be in, and the chance of a top ten."""
    if level not in (Level.AUTHORITY, Level.SCHOOL):
        raise HeadwayError(
            "H-USAGE-20", f"Places of level {level.value} are not ranked.", remedy="Use --level authority or --level school."
        )
    if bool(improved_from) != bool(last) or (improved_from and year):
        raise HeadwayError(
            "H-USAGE-21", "A change needs both its years, and only those.", remedy="Give --improved-from and --to, or --year alone."
        )
    door, who, code = _door(home), viewer(early), authority_code(authority) if authority else ""
    if improved_from:
        from headway.readings.ranking.improved import improved

        span = AcademicYear.parse(improved_from), AcademicYear.parse(last)
        change = improved(
            door, who, measure=measure, level=level, first=span[0], last=span[1], authority=code, cut=cut, top=top, phase=phase
        )
        rows, columns, told = [line.as_dict(change.top) for line in change.lines], CHANGES, change.not_ranked
        notes = [f"With care: {note}" for note in change.care]
    else:
        from headway.readings.ranking.standing import standing

        stand = standing(
            door,
            who,
            measure=measure,
            level=level,
            year=AcademicYear.parse(year) if year else None,
            authority=code,
            cut=cut,
            top=top,
            phase=phase,
        )
        rows, columns, told, notes = [line.as_dict(stand.top) for line in stand.lines], STANDS, stand.not_ranked, []
    emit(rows, form, columns=[name.replace("top_10", f"top_{top}") for name in columns], out=out)
    if form is Format.TABLE and not out:
        for text in notes + [f"Not ranked: {one.name} ({one.why})" for one in told]:
            typer.echo(text, err=True)


def claim(
    text: Annotated[list[str], typer.Argument(help="The claim, as you would say it.")],
    authority: Annotated[str, typer.Option("--authority", help="Who would say it; default the workspace's own.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Can we claim this? True, not shown or false, with the evidence and words one could use instead."""
    from headway.language import claims as words
    from headway.readings.ranking.claims import weigh

    door = _door(home)
    code = authority_code(authority) if authority else door.published.areas[0][0]
    found = weigh(door, viewer(), " ".join(text), code)
    instead, checked = words.instead(found)
    told = {
        "claim": found.claim.text, "authority": code, "name": found.name, "verdict": found.word, "p": found.p,
        "read_as": words.claim_read(found), "why": words.why(found), "how_many": words.choices_sentence(found), "instead": instead,
        "checked": checked, "avoid": words.avoid(found),
    }  # fmt: skip
    if form is not Format.TABLE:
        emit([told], form, out=out)
        return
    lines = [
        f"{words.VERDICTS[found.word]}. {words.SENTENCES[found.word]}",
        words.claim_read(found),
        *(f"- {line}" for line in words.why(found)),
    ]
    lines += [words.choices_sentence(found), f"You could say: {instead}" if instead else ""]
    lines += [f"Avoid: {line}" for line in words.avoid(found)]
    say("\n".join(line for line in lines if line), out)


def claims(
    file: Annotated[Path, typer.Argument(help="A press release or paper as a text file; - reads what is piped in.")],
    authority: Annotated[str, typer.Option("--authority", help="Who would say it; default the workspace's own.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Every claim of a paper with a number or a place: true, not shown, false or not checkable, with the evidence."""
    from headway.language import paper_claims as words
    from headway.readings.answers import MeasureFacts
    from headway.readings.door import measure_facts
    from headway.readings.ranking.paper_claims import check

    door = _door(home)
    code = authority_code(authority) if authority else door.published.areas[0][0]
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8", errors="replace")
    found = check(door, text, code)

    def facts(name: str) -> MeasureFacts | None:
        return measure_facts(door.measure(name)) if name else None

    rows = [
        {"mark": one.mark, "claim": one.quoted, "sentence": one.sentence,
         "evidence": words.evidence(one, facts(one.figure.measure if one.figure else ""))}
        for one in found
    ]  # fmt: skip
    if form is not Format.TABLE:
        emit(rows, form, out=out)
        return
    told = [words.summary(found)]
    for row in rows:
        told += [
            "",
            f"{words.MARKS[str(row['mark'])]}: {row['claim']}",
            f"  “{row['sentence']}”",
            *(f"  - {line}" for line in row["evidence"]),
        ]
    say("\n".join(told), out)


def gaps(
    place: Annotated[str, typer.Argument(help="A URN, an authority code or a region code.")],
    measure: Annotated[str, typer.Option("--measure", help="Measure id.")] = "ks2.rwm_expected",
    to: Annotated[
        str, typer.Option("--to", help="Of an area's schools: england, family; of its parts: constituency, ward, locality, town.")
    ] = "",
    year: Annotated[str, typer.Option(help="With --to: the academic year; default the newest with schools.")] = "",
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """How far groups of pupils are behind others, nationally and here; or, with --to, in which schools or parts of an area its gap lies."""
    from headway.language.gap_views import gap_words
    from headway.readings.gaps import gaps as ask

    door = _door(home)
    level, code = place_of(place)
    if to:
        from headway.cli.gaps_within import gaps_within

        said, rows = gaps_within(door, viewer(), measure, level, code, to, AcademicYear.parse(year) if year else None)
        if said and form is Format.TABLE and not out:
            say(said)
        emit(rows, form, out=out, empty="No school there has a figure of a share of pupils for that year.")
        return
    rows = []
    for gap in ask(door, viewer(early), measure=measure, level=level, place=code):
        said = gap_words(gap, door.library.cut_words(gap.group), door.library.cut_words(gap.other) or "all pupils")
        rows += [one.as_dict() | {"gap": gap.kind, "group": gap.group, "other": gap.other, "said": ""} for one in gap.years[:-1]]
        if gap.newest:
            rows.append(gap.newest.as_dict() | {"gap": gap.kind, "group": gap.group, "other": gap.other, "said": said})
    columns = ("gap", "year", "value", "national", "behind_national", "lower", "upper", "behind_here")
    emit(rows, form, columns=columns, out=out, empty="No group has a figure for this measure there.")
