"""Who loaded and read what is kept of pupils: a line each, in the protected folder, with nothing of a pupil in it."""

import json
import os
import pwd

from headway.protected import private_files
from headway.store.workspace import Workspace
from headway.vocabulary.clock import now

LOG = "access.log"


def record(space: Workspace, store: str, verb: str, viewer: str, **facts: object) -> None:
    """Append one line: when, which user of the operating system, as which viewer, what was done to what."""
    line = {"at": now().isoformat(timespec="seconds"), "os_user": operating_system_user(), "viewer": viewer, "verb": verb, **facts}
    private_files.append(private_files.folder(space, store) / LOG, json.dumps(line, ensure_ascii=False, default=str))


def operating_system_user() -> str:
    """The user that the process runs as; unlike LOGNAME it cannot be given another name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
