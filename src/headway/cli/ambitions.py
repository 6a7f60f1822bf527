"""Commands of ambitions: where all of them stand, how one came to its verdict, and whether a file is a sound one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli.asking import _door, day_of, viewer
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from headway.readings.ambitions import Answer, Point
    from headway.vocabulary.reading import Reading

SHOWN = ("id", "verdict", "baseline", "latest", "year", "distance", "due", "missing")
group = typer.Typer(help="One ambition: how its verdict came about; or whether the file of one is sound.", no_args_is_help=True)
AsOf = Annotated[str, typer.Option("--as-of", help="Use only what was published by this day, as 2017-12-31; default today.")]
Authority = Annotated[str, typer.Option("--authority", help="Authority code, as 330; default the workspace's own areas.")]


def register(app: typer.Typer) -> None:
    app.command()(ambitions)
    for command in (explain, takes, check):
        group.command()(command)
    app.add_typer(group, name="ambition")


def ambitions(
    as_of: AsOf = "",
    authority: Authority = "",
    of: Annotated[str, typer.Option("--set", help="Only the ambitions of one set, as birmingham_2015.")] = "",
    read: Annotated[
        list[str] | None, typer.Option("--read", help="Read an ambition's words otherwise: ID=CHOICE; repeat for more.")
    ] = None,
    parts: Annotated[bool, typer.Option("--parts", help="In the table, the parts of each too.")] = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Every ambition: its verdict, the baseline, the newest figure, how far short it is, and what is missing."""
    from headway.language.ambitions import verdict_words
    from headway.readings.ambitions import verdicts

    door = _door(home)
    found = verdicts(door, viewer(), as_of=day_of(as_of), chosen=readings_of(read or []), authority=authority, of=of)
    if form is Format.JSON:
        emit([_whole(one) for one in found], form, out=out)
        return
    listed = [line for one in found for line in ((one, *one.parts) if parts or form is not Format.TABLE else (one,))]
    rows = [_row(one) | {"sentence": verdict_words(one)} for one in listed]
    emit(rows, form, columns=SHOWN, out=out, empty="No ambition is of this area. docs/how-to/write-an-ambition.md says how to write one.")


def readings_of(pairs: list[str]) -> dict[str, str]:
    """Raises H-USAGE-64 for what is no ID=CHOICE."""
    parted = [pair.partition("=") for pair in pairs]
    wrong = next((f"{name}{mark}{choice}" for name, mark, choice in parted if not (name and mark and choice)), "")
    if wrong:
        raise HeadwayError("H-USAGE-64", f"{wrong!r} does not say how to read which ambition.", remedy="Write --read SET.ID=CHOICE.")
    return {name: choice for name, _, choice in parted}


def _whole(answer: "Answer") -> dict[str, Any]:
    from headway.language.ambitions import heading, promise_words, verdict_words

    return answer.as_dict() | {
        "heading": heading(answer), "promise": promise_words(answer), "sentence": verdict_words(answer),
        "parts": [_whole(part) for part in answer.parts],
    }  # fmt: skip


def _row(answer: "Answer") -> dict[str, Any]:
    latest, baseline = answer.latest, answer.baseline
    return {
        "authority": answer.area, "id": answer.id, "verdict": str(answer.verdict), "since": answer.since,
        "baseline": baseline.value if baseline else None, "latest": latest.value if latest else None,
        "year": str(latest.year) if latest else "", "target": latest.target if latest else None, "distance": answer.distance,
        "distance_unit": answer.distance_unit, "due": str(answer.due or ""), "probability": answer.probability_published,
        "missing": "; ".join(f"{one.series} {one.years}" for one in answer.missing[:2]) + (" …" if len(answer.missing) > 2 else ""),
    }  # fmt: skip


def explain(
    name: Annotated[str, typer.Argument(help="Ambition id, as birmingham_2015.fsm_gap.")],
    as_of: AsOf = "",
    authority: Authority = "",
    choice: Annotated[str, typer.Option("--read", help="Read its words so; default as the library chose.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """How one ambition came to its verdict: what is checked, by each reading of its words, every figure and its source."""
    from headway.readings.ambitions import explain as ask

    found = ask(_door(home), viewer(), name, as_of=day_of(as_of), choice=choice or None, authority=authority)
    if form is Format.TABLE:
        say("\n\n".join([_told(found[0]), *(_otherwise(one) for one in found[1:])]), out)
        return
    emit([_whole(one) | {"readings": _provenance(one)} for one in found], form, out=out)


def _told(answer: "Answer") -> str:
    lines = [answer.title, f"“{answer.words}”", f"{answer.owner}, {answer.area_name}; as of {answer.as_of}."]
    lines += [f"Read as {one.title}: {_plain(one.why)}" for one in answer.choices if one.chosen]
    for part in answer.parts or (answer,):
        lines += ["", *_part(part, bool(answer.parts))]
    return "\n".join(lines)


def _otherwise(answer: "Answer") -> str:
    from headway.language.ambitions import verdict_words

    [read] = [one for one in answer.choices if one.chosen]
    verdicts = [f"  {part.title}: {verdict_words(part)}" for part in answer.parts] or [f"  {verdict_words(answer)}"]
    return "\n".join([f"Read instead as {read.title}: {_plain(read.why)}", *verdicts])


def _part(answer: "Answer", titled: bool) -> list[str]:
    from headway.language.ambitions import age_words, bridge_words, margin_words, promise_words, verdict_words

    lines = [f"{answer.title} ({answer.id})"] if titled else []
    lines += [promise_words(answer), verdict_words(answer), f"So since {answer.since}." if answer.since else "", age_words(answer)]
    lines += [margin_words(answer, answer.latest) if answer.latest else "", answer.no_forecast_because, *bridge_words(answer.asks)]
    lines += [f"Missing: {one.series}, {one.years}: {one.why}. {one.remedy}".rstrip() for one in answer.missing]
    lines += [_point(answer, point) for point in answer.points]
    return [line for line in lines if line]


def _point(answer: "Answer", point: "Point") -> str:
    from headway.language.ambitions import figure_words, unit_of
    from headway.vocabulary.number import shown

    unit = unit_of(answer)
    told = {"target": point.target, "distance": point.distance, "path": point.path}
    facts = [f"{name} {shown(value, unit)}" for name, value in told.items() if value is not None]
    where = "; ".join(_source(one) for one in (*point.readings[:1], *point.beside[:1]))
    return f"  {figure_words(answer, point)}: {', '.join(facts)}. {point.worked or where}."


def _source(reading: "Reading") -> str:
    row = f" row {reading.source_row}" if reading.source_row is not None else ""
    return f"{reading.place_name} {reading.release} from {reading.source_file or reading.source}{row}"


def _provenance(answer: "Answer") -> list[dict[str, Any]]:
    """Every reading behind every point, once."""
    every = [one for part in answer.parts or (answer,) for point in part.points for one in (*point.readings, *point.beside)]
    return [one.as_dict() for one in dict.fromkeys(every)]


def _plain(text: str) -> str:
    return " ".join(text.split())


def check(
    files: Annotated[list[Path], typer.Argument(help="YAML files, each of one ambition.")],
    home: Annotated[Path | None, typer.Option(help="A workspace whose own library counts too.")] = None,
) -> None:
    """Whether the files of ambitions are sound: every fault of all of them, with file and line."""
    from headway.definitions.ambition_reading import read_ambition
    from headway.definitions.loading import library_for

    known, faults = library_for(home).checks_ambitions_by, list[str]()
    for path in files:
        read_ambition(f"{path.resolve().parent.name}.{path.stem}", path, known.without_sets(), faults)
    if faults:
        listed = "\n  ".join(faults)
        raise HeadwayError(
            "H-LIBRARY-02", f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in what an ambition asks:\n  {listed}\n",
            remedy="Mend each line named; docs/how-to/write-an-ambition.md says what each field holds.", place=", ".join(map(str, files)),
        )  # fmt: skip
    print(f"{len(files)} sound.")


def takes(
    name: Annotated[str, typer.Argument(help="Ambition id, as birmingham_2015.fsm_gap.")],
    authority: Authority = "",
    choice: Annotated[str, typer.Option("--read", help="Read its words so; default as the library chose.")] = "",
    move: Annotated[
        list[str] | None, typer.Option("--move", help="What if this school moved: URN=POINTS, as 103404=8; repeat for more.")
    ] = None,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """What an ambition would take, school by school and in pupils, beside how many similar schools moved as far; or what if some moved."""
    from headway.language.taking import CARE, ask_words, taking_words, what_if_words, years_words
    from headway.readings.ambitions.taking import takes as ask
    from headway.readings.ambitions.taking import what_if

    door, who = _door(home), viewer()
    found = ask(door, who, name, authority=authority, choice=choice or None)
    moved = {part.id: what_if(door, who, name, moves(move), authority=authority, part=part.id) for part in found} if move else {}
    rows = [row | {"likes": ask_words(one, part)} for part in found for row, one in zip(part.as_dicts(), part.schools, strict=True)]
    if form is Format.TABLE and not out:
        for part in found:
            said = [what_if_words(moved[part.id], part)] if part.id in moved else [taking_words(part), years_words(part)]
            say("\n".join([f"{part.title}: {line}" for line in said if line]))
        if rows:
            say(CARE)
    emit(
        rows,
        form,
        columns=("name", "value", "pupils", "move", "to", "more_pupils", "likes"),
        out=out,
        empty="No school is asked for anything.",
    )


def moves(pairs: list[str] | None) -> dict[int, float]:
    """Raises H-USAGE-87 for what is no URN=POINTS."""
    found: dict[int, float] = {}
    for pair in pairs or []:
        urn, _, points = pair.partition("=")
        try:
            found[int(urn)] = float(points.replace("−", "-"))
        except ValueError:
            raise HeadwayError(
                "H-USAGE-87", f"{pair!r} does not say how far which school moves.", remedy="Write --move URN=POINTS."
            ) from None
    return found
