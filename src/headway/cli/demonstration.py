"""The example area from nothing to a served site: generate, load, publish, people, serve."""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headway.store.workspace import Workspace

FILES = "example-files"


def run(home: Path, port: int, schools: int, serve: bool) -> None:
    """Each step is skipped when an earlier demonstration has done it."""
    started = time.monotonic()
    facts = prepare(home, schools)
    from headway.site import demo, running

    running.migrate(home)
    people = demo.make_demo_users(home)
    print(f"\n{facts} It took {time.monotonic() - started:.0f} seconds.\n")
    print(f"Open http://127.0.0.1:{port}/ and sign in as one of:\n")
    for person in people:
        print(f"  {person.role:<28} {person.email:<36} {person.password}")
    print("\nNobody and nothing in it is real. Stop with Ctrl+C.", flush=True)
    if serve:
        running.serve(home, "127.0.0.1", port, 2)


def prepare(home: Path, schools: int) -> str:
    """The example's files, loaded and published; a sentence on what there is."""
    from headway import example
    from headway.cli.progress import Progress
    from headway.pipeline import running
    from headway.store import snapshots, workspace

    if (home / "area.yaml").exists() and snapshots.current(home):
        return f"The example area in {home} is as it was."
    print("Making the example area, Wrenford …", file=sys.stderr, flush=True)
    facts = example.generate(home / FILES, schools=schools)
    begun = (home / "area.yaml").exists()  # by a demonstration that was cut off
    space = workspace.open_workspace(home) if begun else workspace.create(home, [facts.area_code], name=facts.area_name, example=True)
    shutil.copytree(example.PROMISES, home / "library", dirs_exist_ok=True)
    with Progress() as progress:
        done = running.load(space, [home / FILES], told=progress.told)
    _pupils(space)
    _registers(space)
    return f"{facts.area_name} and {facts.schools:,} schools of a made-up country are ready: {done.words}"


def _pupils(space: "Workspace") -> None:
    """Made-up results of pupils of a handful of schools, as schools send them before publication, for the pages made of them."""
    from headway.cli.pupils import examples
    from headway.pupil_results import landing

    with tempfile.TemporaryDirectory() as folder:
        for path, _, _ in examples(space, Path(folder)):
            landing.load(space, path)


def _registers(space: "Workspace") -> None:
    """Made-up registers of two years for some schools, up to yesterday, for the lists made of them."""
    from headway.cli.attendance import examples, prepared
    from headway.registers import landing

    with tempfile.TemporaryDirectory() as folder:
        landing.load(space, examples(space, Path(folder)))
    prepared(space)
