"""How mail leaves the desk: by the mail server of the settings, or as files in the workspace that only their owner reads."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

OUTBOX = "outbox"
FILES = "django.core.mail.backends.filebased.EmailBackend"
FAULTS = (OSError,)  # of a mail server: SMTPException is one


def site() -> str:
    """Where this desk is, as links in mail need it: the first of its names."""
    config = settings.HEADWAY
    host = config.hosts[0].lstrip(".") if config.hosts else "127.0.0.1"
    return f"https://{host}" if config.production else f"http://{host}:8000"


def outbox() -> Path:
    return Path(settings.HEADWAY.home) / OUTBOX


def connection(folder: Path) -> Any:
    """The mail server; without one, files in a folder."""
    if settings.HEADWAY.mail_server:
        return get_connection()
    folder.mkdir(mode=0o700, exist_ok=True)
    return get_connection(FILES, file_path=str(folder))


def deliver(message: EmailMessage, connected: Any) -> None:
    """Raises one of FAULTS."""
    before = os.umask(0o077)
    try:
        message.connection = connected
        message.send()
    finally:
        os.umask(before)
