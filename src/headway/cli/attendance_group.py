"""What the commands for registers share: their name, a day as it is typed, and the audit."""

import sys
from pathlib import Path

import typer

group = typer.Typer(help="Registers: session marks of pupils, a protected source, kept apart from all else.", no_args_is_help=True)


def audited(home: Path, verb: str, what: str, **facts: object) -> None:
    """An event beside the line in the access log; the person's name is sealed in it."""
    import os

    from headway.protected.access import operating_system_user
    from headway.site.running import note

    person = (f"operating-system-user:{os.getuid()}", operating_system_user())
    said = note(home, by="command:attendance", verb=verb, target="registers", target_id=what, after=facts, reader=person)
    if said:
        print(said, file=sys.stderr)
