"""The protected folder: 0700, its files 0600, each written whole or not at all."""

import os
import shutil
from pathlib import Path

from headway.store.workspace import Workspace, sync_folder

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def folder(space: Workspace, store: str) -> Path:
    """The folder of a protected store, made and closed to others if need be."""
    return closed(space.home / store)


def closed(path: Path) -> Path:
    """A folder that only its owner may open."""
    path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    path.chmod(FOLDER_MODE)
    return path


def partial_of(path: Path) -> Path:
    """A fresh private file beside the one to be, for its content to be written to and checked."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    return partial


def put_in_place(partial: Path, path: Path) -> None:
    """Let readers see the new file from now on, whatever happens next."""
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, path)
    sync_folder(path.parent)


def append(path: Path, line: str) -> None:
    """Add a line to a private file. One write each, so that lines of processes that write at once do not mix."""
    handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, FILE_MODE)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_partials(space: Workspace, store: str) -> None:
    """Remove what a killed load left half-written. Only the holder of the writing lock may."""
    for path in folder(space, store).glob(".*.partial"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """A private file, whole or not at all."""
    partial = partial_of(path)
    partial.write_text(text, encoding="utf-8")
    put_in_place(partial, path)
