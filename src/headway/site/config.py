"""What is particular to one machine and one area, read once from the environment and area.yaml."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from headway.vocabulary.errors import HeadwayError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_KEY = 50


@dataclass(frozen=True)
class Oidc:
    """An identity provider that people may sign in with. `strong`: it asserts a second factor itself."""

    server: str
    client: str
    secret: str
    name: str
    strong: bool

    @property
    def origin(self) -> str:
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Config:
    """The desk's configuration. Read with `Config.read`; nothing in it changes while the process lives."""

    home: Path
    production: bool
    secret_key: str
    hosts: tuple[str, ...]
    database_url: str
    example: bool
    area_name: str
    mail_server: str
    mail_from: str
    oidc: Oidc | None
    proxies: int  # how many proxies stand before us, whose X-Forwarded-For is believed

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Raises H-USAGE-30 to H-USAGE-32 for a configuration that would not be safe in production."""
        home = _home(environ)
        production = environ.get("HEADWAY_PRODUCTION") == "1"
        area = _area(home)
        hosts = tuple(host.strip() for host in environ.get("HEADWAY_HOSTS", "").split(",") if host.strip())
        config = cls(
            home=home,
            production=production,
            secret_key=environ.get("HEADWAY_SECRET_KEY") or _kept_key(home),
            hosts=hosts or LOOPBACK,
            database_url=environ.get("HEADWAY_DATABASE_URL", ""),
            example=bool(area.get("example")),
            area_name=str(area.get("name", "")),
            mail_server=environ.get("HEADWAY_MAIL_SERVER", ""),
            mail_from=environ.get("HEADWAY_MAIL_FROM", "headway@localhost"),
            oidc=_oidc(environ),
            proxies=int(environ.get("HEADWAY_PROXIES", "1" if production else "0")),
        )
        if production:
            config._safe(hosts)
        return config

    def _safe(self, hosts: tuple[str, ...]) -> None:
        if len(self.secret_key) < SHORTEST_KEY:
            raise HeadwayError(
                "H-USAGE-30",
                f"HEADWAY_SECRET_KEY has {len(self.secret_key)} characters.",
                f"In production it needs {SHORTEST_KEY} or more.",
                "Leave it out to have one made and kept in the workspace.",
            )
        if not hosts:
            raise HeadwayError(
                "H-USAGE-31",
                "HEADWAY_HOSTS is not set.",
                "In production the site answers only to its names.",
                "Set it, as in desk.council.example.",
            )
        if self.example:
            raise HeadwayError(
                "H-USAGE-32",
                f"{self.home} holds the made-up area.",
                "Its sign-ins are printed for everyone to read.",
                "Use a workspace of a real area, or leave HEADWAY_PRODUCTION out.",
            )

    @property
    def mail_settings(self) -> tuple[str, int, str, str, bool, bool]:
        """(host, port, user, password, STARTTLS, TLS from the first byte) of a host's name, or of smtp:// or smtps://user:password@host:port.

        Whoever sends a password does it on an encrypted connection only.
        """
        if "://" not in self.mail_server:
            return self.mail_server, 25, "", "", False, False
        parts = urlsplit(self.mail_server)
        user, password, ssl = unquote(parts.username or ""), unquote(parts.password or ""), parts.scheme == "smtps"
        return parts.hostname or "", parts.port or (465 if ssl else 587), user, password, not ssl and bool(user or parts.port == 587), ssl

    @property
    def database(self) -> dict[str, Any]:
        """Django's settings of the desk's database: PostgreSQL where it is named, else SQLite in the workspace."""
        return _postgres(self.database_url) if self.database_url else _sqlite(self.home / "desk.sqlite3")


def _home(environ: Mapping[str, str]) -> Path:
    """The same answer as the commands give: HEADWAY_HOME, the folder we are in, the one init made, ./workspace."""
    if environ.get("HEADWAY_HOME"):
        return Path(environ["HEADWAY_HOME"]).resolve()
    remembered = Path(".headway-home")
    if not Path("area.yaml").exists() and remembered.exists():
        return Path(remembered.read_text().strip()).resolve()
    return Path.cwd() if Path("area.yaml").exists() else Path("workspace").resolve()


def _area(home: Path) -> dict[str, Any]:
    path = home / "area.yaml"
    if not path.exists():
        return {}
    import yaml  # only here: a server reads it once

    return yaml.safe_load(path.read_text()) or {}


def _kept_key(home: Path) -> str:
    """The key made for this workspace; made now, readable by its owner only, when there is none yet.

    Written whole under another name and linked into place, so that two processes that start together agree on one key.
    Without a workspace a key is made that lasts as long as the process.
    """
    path = home / "secret_key"
    if path.exists():
        return path.read_text().strip()
    key = secrets.token_urlsafe(64)
    if not home.is_dir():
        return key
    fresh = home / f".secret_key.{os.getpid()}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text().strip()


def _oidc(environ: Mapping[str, str]) -> Oidc | None:
    if not environ.get("HEADWAY_OIDC_SERVER"):
        return None
    return Oidc(
        environ["HEADWAY_OIDC_SERVER"],
        environ.get("HEADWAY_OIDC_CLIENT", ""),
        environ.get("HEADWAY_OIDC_SECRET", ""),
        environ.get("HEADWAY_OIDC_NAME", "your organisation"),
        environ.get("HEADWAY_OIDC_STRONG") == "1",
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            # a writer takes its lock at the start: two that both read first could otherwise never go on
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    """Raises H-USAGE-33 for an address that is not PostgreSQL's."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise HeadwayError(
            "H-USAGE-33", "HEADWAY_DATABASE_URL does not name PostgreSQL.", remedy="Write it as postgresql://user:password@host:port/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
