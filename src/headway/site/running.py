"""Migrate, refresh and serve the desk of a workspace: what the command line calls."""

import os
import secrets
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:  # Django is not ready when this module loads
    from headway.desk.alerts.sending import Sent
    from headway.desk.fairness.rules import Standing
    from headway.readings.answers import Establishment
    from headway.readings.door import Door
    from headway.readings.tier_backtest.keeping import Kept
    from headway.site.housekeeping import Chore

BY, BY_PUBLISHING = "command:sync", "command:publish"


def prepare(home: Path) -> None:
    """Make Django ready for a workspace. One process serves one workspace: a second one is refused."""
    home = home.resolve()
    os.environ["HEADWAY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "headway.site.settings"
    import django
    from django.conf import settings

    django.setup()
    if Path(settings.HEADWAY.home) != home:
        raise HeadwayError(
            "H-USAGE-34",
            f"This process already serves {settings.HEADWAY.home}.",
            f"It cannot serve {home} too.",
            "Start another one with its own --home.",
        )


def migrate(home: Path) -> None:
    """Bring the desk's database up to date, readable by its owner only, and the schools in it with it."""
    prepare(home)
    from django.core.management import call_command

    _owners_only(home / "desk.sqlite3")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    sync(home)


def _owners_only(path: Path) -> None:
    """Made before SQLite makes it, which would let every user of the machine read it."""
    from django.conf import settings

    if not settings.HEADWAY.database_url:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)


def sync(home: Path) -> int:
    """Refresh the desk's schools from the current snapshot, when they are not from it already; how many it names."""
    prepare(home)
    from headway.desk.establishments import actions, queries
    from headway.readings.door import open_door
    from headway.readings.schools import establishments

    door = open_door(home.resolve())
    if door.facts is None or queries.synced_snapshot() == door.facts.id:
        return 0
    rows = [_row(door, school) for code, _ in door.facts.areas for school in establishments(door, code)]
    return actions.sync(rows, by=BY, snapshot=door.facts.id)


def _row(door: "Door", school: "Establishment") -> dict[str, object]:
    """A school with its predecessors and successors: what was decided for a school follows it when it becomes an academy."""
    from headway.readings.establishment import links

    kept = {name: getattr(school, name) for name in ("urn", "name", "phase", "status", "authority", "trust")}
    return {**kept, "links": [{"urn": link.urn, "kind": link.kind} for link in links(door, school.urn)]}


def refresh(home: Path) -> str:
    """After a snapshot became current: the desk's schools from it, where the workspace has a desk, and its housekeeping. A sentence on
    what went wrong, if anything did: the figures are published all the same, and the next start of `serve` tries again."""
    if not has_desk(home):
        return ""
    prepare(home)
    from django.db import DatabaseError

    from headway.site import housekeeping

    try:
        sync(home)
    except DatabaseError as fault:
        return f"The desk's list of schools could not be refreshed ({type(fault).__name__}); headway serve does it at its next start."
    try:
        housekeeping.keep_house(by=BY_PUBLISHING)
    except (DatabaseError, OSError) as fault:
        return f"What is kept for a time only was not looked through ({type(fault).__name__}); run headway housekeeping."
    return ""


def keep_house(home: Path, *, by: str, dry: bool = False) -> "list[Chore]":
    """Erase what is kept for a time only and is over; what was done. Nothing where the workspace has no desk."""
    if not has_desk(home):
        return []
    migrate(home)
    from headway.site import housekeeping

    return housekeeping.keep_house(by=by, dry=dry)


def send_alerts(home: Path, *, by: str, dry: bool = False) -> "list[Sent]":
    """Write to everybody to whom a message is due; what became of each. Nobody where the workspace has no desk."""
    if not has_desk(home):
        return []
    migrate(home)
    from headway.desk.alerts.sending import send
    from headway.desk.framing.pages import the_door

    return list(send(the_door(), by=by, dry=dry))


def keep_backtest(home: Path, test: "Kept", *, by: str) -> None:
    """Write into the audit that a back-test was kept, where the workspace has a desk."""
    if has_desk(home):
        migrate(home)
        from headway.desk.fairness.actions import tested

        tested(by=by, test=test)


def tier_gaps_signed(home: Path, scheme: str) -> "Standing":
    """How a tier scheme stands: what its back-tests found, and whether somebody answers for it. Only asked where a test found a gap."""
    from headway.readings.door import open_door

    if not has_desk(home):
        from headway.readings.tier_backtest.keeping import kept_tests, rules_of

        prepare(home)
        from headway.desk.fairness.rules import standing

        door = open_door(home)
        return standing(scheme, rules_of(door.library.tiers[scheme]), kept_tests(door, scheme), ())
    prepare(home)
    from django.db import DatabaseError

    from headway.desk.fairness.queries import standing_of

    try:
        return standing_of(open_door(home), scheme)
    except DatabaseError:  # a desk that an older version left: brought up to date only then, since a command is quick
        migrate(home)
        return standing_of(open_door(home), scheme)


def first_administrator(home: Path, email: str, name: str) -> str:
    """Make the person who invites everybody else; a password to be changed at once. Raises H-ACCESS-32 when there is one."""
    migrate(home)
    from headway.desk.accounts import actions
    from headway.desk.accounts.models import User
    from headway.desk.accounts.permissions import Role

    if User.objects.filter(is_active=True, holdings__role=Role.ADMINISTRATOR).exists():
        raise HeadwayError(
            "H-ACCESS-32",
            "Somebody keeps accounts here already.",
            "Only the first is made from the command line.",
            "Ask them for an invitation.",
        )
    password, roles = secrets.token_urlsafe(15), frozenset({Role.ADMINISTRATOR})
    actions.invite(by="command:administrator", email=email, name=name, roles=roles, whole_area=False, urns=frozenset(), password=password)
    return password


def verify_audit(home: Path) -> int:
    """How many events the audit holds when its chain is whole. Raises H-ACCESS-33 with the first faults when it is not."""
    migrate(home)
    from headway.desk.audit import queries

    faults = queries.verify()
    if not faults:
        return queries.count()
    said = "; ".join(f"event {fault.seq}: {fault.what}" for fault in faults[:5])
    raise HeadwayError(
        "H-ACCESS-33",
        f"The audit does not hold: {len(faults)} fault{'s' if len(faults) > 1 else ''} in its chain of events.",
        f"{said}.",
        "Keep the workspace as it is, compare it with the last backup, and tell the data protection officer.",
        str(home / "audit"),
    )


def serve(home: Path, host: str, port: int, workers: int) -> None:
    """Serve until stopped. The process becomes gunicorn: engines started before would not survive its forks."""
    migrate(home)
    from django.conf import settings

    if host not in ("127.0.0.1", "localhost", "::1") and not settings.HEADWAY.production:
        raise HeadwayError(
            "H-ACCESS-30",
            f"Without HEADWAY_PRODUCTION=1 the pages are served on this machine only, not on {host}.",
            "Cookies would travel in clear.",
            "See docs/how-to/run-in-production.md, or leave --host out.",
        )
    _check_free(host, port)
    sys.stdout.flush()
    arguments = ["--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4", "--worker-class", "gthread"]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    served = ["-m", "gunicorn", "headway.site.wsgi", "--config", "python:headway.site.workers", *arguments, *quiet]
    os.execv(sys.executable, [sys.executable, *served])  # noqa: S606 - our own program and arguments


def _check_free(host: str, port: int) -> None:
    """Raises H-USAGE-14 when another program listens there: gunicorn would try again and again, and then say it in its own words."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise HeadwayError(
                "H-USAGE-14",
                f"The pages cannot be served at {host}, port {port}.",
                f"Another program may be listening there ({getattr(error, 'strerror', None) or error}).",
                f"Stop it, or choose another port: --port {port + 1 if port < 65_535 else 8000}.",
            ) from None


def note(home: Path, *, by: str, verb: str, target: str, target_id: str, after: dict[str, object], reader: tuple[str, str]) -> str:
    """Append an event to the audit from a command, where the workspace has a desk. `reader` is who did it, as the key that seals their name
    and the name. A sentence when the audit could not be reached; empty otherwise.
    """
    if not has_desk(home):
        return ""
    prepare(home)
    from django.db import DatabaseError

    from headway.desk.audit.actions import record

    try:
        sealed = {**after, "reader": reader[1]}
        record(by=by, verb=verb, target=target, target_id=target_id, after=sealed, personal=frozenset({"reader"}), subject=reader[0])
    except DatabaseError as fault:
        return f"The audit could not be written to ({type(fault).__name__}); the access log of the results of pupils has it."
    return ""


def has_desk(home: Path) -> bool:
    return (home / "desk.sqlite3").exists() or bool(os.environ.get("HEADWAY_DATABASE_URL"))
