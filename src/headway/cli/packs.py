"""Commands of board packs: build one as files, verify one against its snapshot."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headway.cli.asking import _door
from headway.cli.keeping import Home
from headway.cli.output import Format, emit
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:  # Django is not ready when this module loads
    from headway.desk.boards.models import Meeting

app = typer.Typer(help="Board packs: build one as files, verify one.", no_args_is_help=True)
Form = Annotated[Format, typer.Option("--format", help="table, json, csv or parquet.")]


def register(main: typer.Typer) -> None:
    main.add_typer(app, name="pack")


@app.command()
def build(
    meeting: Annotated[str, typer.Argument(help="The day of the meeting, as 2026-12-03, or its number.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    board: Annotated[str, typer.Option("--board", help="The board, where several meet on a day.")] = "",
    home: Home = None,
) -> None:
    """Every edition of a meeting’s papers as PDF, Word, HTML and workbook, and pack.json, which `pack verify` reads."""
    door = _door(home)
    from headway.site.running import prepare

    prepare(door.home)
    from headway.desk.boards import packing
    from headway.desk.boards.packs.building import files_of

    at, spec = packing.source(door, _meeting(meeting, board))
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files_of(at, spec, packing.council_template(door.home)):
        (out / name).write_bytes(content)
        typer.echo(f"{out / name}: {len(content):,} bytes")


def _meeting(asked: str, board: str) -> "Meeting":
    """Raises H-USAGE-111 for none or several."""
    from headway.desk.boards.models import Meeting

    found = Meeting.objects.select_related("board").exclude(state="cancelled")
    found = found.filter(pk=int(asked)) if asked.isdigit() else found.filter(day=_day(asked))
    found = found.filter(board__title__icontains=board) if board else found
    if len(found) == 1:
        return found[0]
    named = "; ".join(f"{one.pk}: {one.board}, {one.day}" for one in found) or "none"
    raise HeadwayError("H-USAGE-111", f"Which meeting is {asked}?", f"There is {named}.", "Give its number, or --board.")


def _day(asked: str) -> date | None:
    from headway.cli.asking import day_of

    return day_of(asked)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The pack.json of a pack.")],
    home: Home = None,
    form: Form = Format.TABLE,
) -> None:
    """Build a pack again from its snapshot, and say that it is identical, or what differs. Exit 3 where it differs."""
    from headway.desk.boards.packs.building import verify as verified

    found = verified(_door(home).home, file)
    if form is not Format.TABLE:
        emit([{"identical": found.identical, "address": found.address, "differences": list(found.differences)}], form)
    elif found.identical:
        typer.echo(f"Identical. Built again from its snapshot, it has the same content address, {found.address}.")
    else:
        typer.echo("\n".join(["Not identical:", *(f"- {one}" for one in found.differences)]))
    if not found.identical:
        raise typer.Exit(3)
