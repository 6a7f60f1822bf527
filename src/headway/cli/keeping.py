"""Commands that change a workspace: init, load, build, publish, rollback."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from headway.pipeline.running import Done

from headway.cli.output import Format, emit, say
from headway.vocabulary.errors import Exit

Home = Annotated[Path | None, typer.Option("--home", help="The workspace; default HEADWAY_HOME, or the one made from this folder.")]
Form = Annotated[Format, typer.Option("--format", help="table, json, csv or parquet.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file.")]


def register(app: typer.Typer) -> None:
    for command in (init, load, build, publish, rollback):
        app.command()(command)


def init(
    folder: Annotated[Path, typer.Argument(help="Where the workspace is made.")],
    area: Annotated[list[str], typer.Option("--area", help="Local authority code, as 330; repeat for more.")],
    name: Annotated[str, typer.Option(help="What to call the area.")] = "",
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Make a workspace for one or more authorities."""
    from headway.store import workspace

    made = workspace.create(folder.resolve(), area, name=name)
    workspace.remember(made.home)
    words = f"Workspace {made.home} is ready for {', '.join(made.areas)}.\nNext: headway load FOLDER, with the official files in it."
    _told({"workspace": str(made.home), "areas": ", ".join(made.areas), "name": made.name}, words, form, out)


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of files.")],
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
    publish: Annotated[bool, typer.Option(help="Build and publish a snapshot when anything landed.")] = True,
) -> None:
    """Land official files, then build and publish. A failed file is quarantined with its reason; the rest goes on."""
    from headway.cli.progress import Progress
    from headway.pipeline import running
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    with Progress() as progress:
        done = running.load(space, paths, publish=publish, told=progress.told)
    _refresh_desk(space.home)
    rows = [row.as_dict() for row in done.rows]
    if form is Format.TABLE:
        _summary(done)
    else:
        emit(rows, form, out=out)
    if rows and all(row["outcome"] in ("quarantined", "not_recognised") for row in rows):
        raise typer.Exit(int(Exit.DATA))


def _summary(done: "Done") -> None:
    from headway.pipeline.report import terminal

    terminal(done.rows)
    print(f"\n{done.words}\nReport: {done.report}")


def build(home: Home = None, form: Form = Format.TABLE, out: Out = None) -> None:
    """Make a snapshot from what has landed, without publishing it."""
    from headway.cli.progress import Progress
    from headway.pipeline import running
    from headway.store import workspace

    with Progress() as progress:
        made = running.build(workspace.open_workspace(workspace.home_folder(home)), told=progress.told)
    unchanged = f"Nothing has changed since snapshot {made.id}."
    words = unchanged if made.unchanged else f"Snapshot {made.id} is built, with {made.readings:,} readings. Next: headway publish"
    _told({"snapshot": made.id, "readings": made.readings, "unchanged": made.unchanged}, words, form, out)


def publish(
    snapshot: Annotated[str, typer.Argument(help="Which snapshot; default the newest built.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Make a built snapshot the current one."""
    from headway.pipeline import running
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    name, before = running.publish(space, snapshot)
    _refresh_desk(space.home)
    words = f"Snapshot {name} is current already." if before == name else f"Snapshot {name} is current."
    _told({"snapshot": name, "before": before}, words, form, out)


def rollback(home: Home = None, form: Form = Format.TABLE, out: Out = None) -> None:
    """Go back to the snapshot that was current before."""
    from headway.pipeline import running
    from headway.store import snapshots, workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    left = snapshots.current(space.home)
    name = running.rollback(space)
    _refresh_desk(space.home)
    _told({"snapshot": name, "before": left.id if left else ""}, f"Snapshot {name} is current again.", form, out)


def _told(row: dict[str, Any], words: str, form: Format, out: Path | None) -> None:
    """What a command did, as a sentence or as one row."""
    if form is Format.TABLE:
        say(words, out)
    else:
        emit([row], form, out=out)


def _refresh_desk(home: Path) -> None:
    """A site that is being served finds the schools of the new snapshot at once."""
    from headway.site.running import refresh

    if said := refresh(home):
        print(said, file=sys.stderr)
