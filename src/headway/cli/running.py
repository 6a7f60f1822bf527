"""Commands that keep running or take long: serve, demo, bench, fetch."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit

Port = Annotated[int, typer.Option(help="The port to listen on.")]


def register(app: typer.Typer) -> None:
    for command in (serve, demo, administrator, audit, housekeeping):
        app.command()(command)


def serve(
    home: Home = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
) -> None:
    """Serve the workspace's pages."""
    from headway.site import running
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    running.serve(space.home, host, port, workers)


def demo(
    home: Home = None,
    port: Port = 8000,
    schools: Annotated[int, typer.Option(help="How many schools the made-up country has.")] = 2500,
    serve: Annotated[bool, typer.Option(help="Serve the pages when all is ready.")] = True,
) -> None:
    """Make the example area, Wrenford, load it, and serve it with a sign-in for each role."""
    from headway.cli import demonstration

    demonstration.run((home or Path("workspace-demo")).resolve(), port, schools, serve)


def administrator(
    email: Annotated[str, typer.Argument(help="The person's address; they sign in with it.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    home: Home = None,
) -> None:
    """Make a workspace's first person, who invites everybody else; prints a password to be changed at once."""
    from headway.site import running
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    print(running.first_administrator(space.home, email, name))


class Task(StrEnum):
    VERIFY = "verify"


def audit(task: Annotated[Task, typer.Argument(help="What to do: verify the chain of events.")] = Task.VERIFY, home: Home = None) -> None:
    """Check that no event of the audit was altered, removed, moved or cut off."""
    from headway.site import running
    from headway.store import workspace

    count = running.verify_audit(workspace.open_workspace(workspace.home_folder(home)).home)
    print(f"The audit holds: {count:,} events, each sealed by the one before it, and every signed head agrees.")


def housekeeping(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be erased.")] = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Erase what is kept for a time only and is over: documents, answers as typed, registers, sessions. To be run each night."""
    from headway.site import running
    from headway.store import workspace

    done = running.keep_house(workspace.open_workspace(workspace.home_folder(home)).home, by="command:housekeeping", dry=dry_run)
    columns = ("what", "rule", "due", "erased", "held_back", "why")
    emit(
        [one.as_dict() for one in done],
        form,
        columns=columns,
        out=out,
        empty="This workspace has no desk: nothing is kept for a time only.",
    )
