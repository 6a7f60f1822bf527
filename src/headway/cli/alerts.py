"""The alert command: send what is due. To be run each day."""

from typing import Annotated

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit
from headway.vocabulary.errors import HeadwayError

app = typer.Typer(help="Alerts: what happened to people, told by mail as often as each of them wants.", no_args_is_help=True)
COLUMNS = ("person", "how_often", "outcome", "waits", "news", "why")


def register(main: typer.Typer) -> None:
    app.command()(send)
    main.add_typer(app, name="alerts")


@app.callback()
def alerts() -> None:
    """Alerts."""


def send(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go.")] = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Send everybody the message that is due to them, if any: what waits for them and what is new. To be run each morning."""
    from headway.site import running
    from headway.store import workspace

    done = running.send_alerts(workspace.open_workspace(workspace.home_folder(home)).home, by="command:alerts", dry=dry_run)
    rows = [one.as_dict() for one in done]
    emit(rows, form, columns=COLUMNS, out=out, empty="This workspace has no desk: there is nobody to write to.")
    failed = sum(one.outcome == "failed" for one in done)
    if failed:
        raise HeadwayError(
            "H-DESK-88",
            f"{failed} of {len(rows)} messages could not be sent.",
            "The mail server refused them or could not be reached.",
            "Run the command again: what did not go goes then, and nothing goes twice.",
        )
