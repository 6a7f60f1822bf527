"""Another system's columns at the command line: which headings a file has, and writing down which of them is which of ours."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from headway.registers.template import Shape
    from headway.store.workspace import Workspace


def register(group: typer.Typer) -> None:
    group.command()(columns)


def columns(
    path: Annotated[Path, typer.Argument(help="A file whose headings nobody knows yet. No cell of it is looked at.")],
    shape: Annotated[str, typer.Option(help="The shape to match it to, as school_totals; default the nearest.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which of a file's headings is likely to be which column of ours, to be said with `load --match`."""
    from headway.protected import REGISTERS, papers, private_files
    from headway.registers import matching
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    papers.check(space)
    with tempfile.TemporaryDirectory(dir=private_files.folder(space, REGISTERS), prefix=".", suffix=".partial") as scratch:
        found = matching.headings(path, Path(scratch), _shape(shape))
    needed, optional = matching.ours(found.shape)
    rows: list[dict[str, Any]] = [
        {
            "shape": found.shape.value,
            "column": name,
            "needed": name in needed,
            "heading": theirs,
            "match": f"{theirs}={name}" if theirs else "",
        }
        for name in (*needed, *optional)
        for theirs in [found.likely.get(name, "")]
    ]
    used = set(found.likely.values())
    rows += [
        {"shape": found.shape.value, "column": "", "needed": False, "heading": head, "match": ""}
        for head in found.names
        if head not in used
    ]
    emit(rows, form, columns=("column", "needed", "heading", "match"), out=out)


def kept(space: "Workspace", paths: Sequence[Path], pairs: Sequence[str], shape: str, *, urn_given: bool) -> None:
    """Write the match down for this file and every later one like it. Raises H-USAGE-106 and H-DATA-70."""
    from headway.definitions.loading import library_for
    from headway.protected.access import operating_system_user
    from headway.registers.matching import match_file

    wrong = [text for text in pairs if "=" not in text]
    if wrong:
        raise HeadwayError("H-USAGE-106", f"{wrong[0]!r} does not say which column it is.", remedy="Write it as 'Auth abs=authorised'.")
    if len(paths) != 1 or not paths[0].is_file():
        raise HeadwayError(
            "H-DATA-70", "Columns are matched for one file at a time.", remedy="Give one file; later ones like it are known."
        )
    told = {ours.strip(): theirs.strip() for theirs, _, ours in (text.rpartition("=") for text in pairs)}
    exports = library_for(space.home).attendance.exports
    match_file(space, paths[0], told, exports, shape=_shape(shape), urn_given=urn_given, who=operating_system_user())


def _shape(text: str) -> "Shape | None":
    """Raises H-USAGE-98."""
    from headway.registers.template import Shape

    if text and text not in {one.value for one in Shape}:
        there = ", ".join(one.value for one in Shape)
        raise HeadwayError("H-USAGE-98", f"There is no shape {text!r}.", remedy=f"There are: {there}.")
    return Shape(text) if text else None
