"""A file from outside is looked at in a process of its own, with little memory and little time. As a program it takes a path."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from headway.desk.documents.rules import LARGEST, LARGEST_TABLE, MEMBERS, TABLE, TAKEN, UNPACKED, fault_of_table, kind_of, office_kind
from headway.vocabulary.errors import HeadwayError

MEMORY, SECONDS = 512 * 2**20, 20


def inspected(path: Path) -> str:
    """The media type of a file. Raises H-DATA-95 for one that is not taken, with the reason."""
    if path.stat().st_size > LARGEST:
        raise refused("it is larger than 100 MB")
    command = [sys.executable, "-m", "headway.desk.documents.inspecting", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS + 10, check=False)
        told: dict[str, str] = json.loads(done.stdout) if done.returncode == 0 else {"fault": "it could not be read"}
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise refused("it could not be read in time") from fault
    if told.get("fault"):
        raise refused(told["fault"])
    return told["media"]


def refused(why: str) -> HeadwayError:
    return HeadwayError("H-DATA-95", "The file is not taken.", f"{why[:1].upper()}{why[1:]}.", f"Taken are {TAKEN}, up to 100 MB.")


def _limits() -> None:
    """Before anything is read: this process may not grow, run long or write a file."""
    import resource

    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def look(path: Path) -> dict[str, str]:
    """{"media": …} or {"fault": …}."""
    with path.open("rb") as file:
        kind = kind_of(file.read(16))
        file.seek(0)
        table = b"" if kind else file.read(LARGEST_TABLE + 1)
    if not kind:
        fault = fault_of_table(table)
        return {"fault": fault} if fault else {"media": TABLE}
    if kind != "zip":
        return {"media": kind}
    try:
        with zipfile.ZipFile(path) as archive:
            return _packed(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return {"fault": "it is damaged"}


def _packed(members: list[zipfile.ZipInfo]) -> dict[str, str]:
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        return {"fault": "it unpacks to too much"}
    if any(_leads_out(member) for member in members):
        return {"fault": "a name in it leads out of it"}
    media = office_kind({member.filename for member in members})
    return {"media": media} if media else {"fault": "it is packed and no office file, or carries macros"}


def _leads_out(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    link = (member.external_attr >> 16) & 0o170000 == 0o120000
    return link or path.is_absolute() or ".." in path.parts


def main(arguments: list[str]) -> Any:
    _limits()
    print(json.dumps(look(Path(arguments[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
