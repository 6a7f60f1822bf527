"""Another system's columns: what its headings are, which is likely to be which of ours, and the entry that says so once and for all.

Of a file only headings are looked at, never a cell: it holds pupils.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from headway.definitions.ambition_writing import as_text, slug, touch
from headway.definitions.attendance_exports import AttendanceExport
from headway.protected import REGISTERS, papers, private_files
from headway.registers.recognising import FEWEST_SESSIONS, HEADER_WITHIN, nearest, plain, session_heads
from headway.registers.template import FROM_COMMAND, NEEDED, OPTIONAL, Shape
from headway.sources.opening import unpack
from headway.sources.tables import tables
from headway.store.workspace import Workspace
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError

FOLDER = "attendance_exports"
GUIDE = "https://www.gov.uk/government/publications/monitor-your-school-attendance-user-guide"
MATCHED = tuple(shape for shape in Shape if shape is not Shape.WIDE)  # a wide one is known by the sessions in its headings
ALIKE = 0.7  # how much of a heading is ours where no word tells


@dataclass(frozen=True)
class Headings:
    """The headings of a file, the shape that they come nearest to, and ours → theirs where one looks like it."""

    names: tuple[str, ...]
    shape: Shape
    likely: dict[str, str]


def headings(path: Path, scratch: Path, shape: Shape | None = None) -> Headings:
    """Of the first table. Raises H-DATA-10 to 12 for what cannot be read, H-DATA-70 for what has no headings."""
    for file in unpack(path, scratch, path.name):
        for table in tables(file, scratch):
            wide = _wide(table.sample)
            names = wide or _header(table.sample)
            if wide and shape in (None, Shape.WIDE):
                return Headings(wide, Shape.WIDE, likely(wide, Shape.WIDE))
            if names:
                found = shape or _nearest_shape(names)
                return Headings(names, found, likely(names, found))
    raise HeadwayError("H-DATA-70", f"{path.name} has no headings.", remedy="Give a csv file or workbook with a row of headings.")


def _wide(sample: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The headings of a wide register that are no sessions; nothing where the table is none."""
    for at in range(min(len(sample), HEADER_WITHIN)):
        heads, _ = session_heads(sample, at)
        if len(heads) >= FEWEST_SESSIONS:
            cells = [cell.strip() for column, cell in enumerate(sample[at]) if column not in heads]
            return tuple(dict.fromkeys(cell for cell in cells if cell))
    return ()


def _header(sample: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The fullest of the first rows; of rows as full, the first."""
    rows = [tuple(cell.strip() for cell in row) for row in sample[:HEADER_WITHIN]]
    fullest = max(rows, key=lambda row: len({cell for cell in row if cell}), default=())
    return tuple(dict.fromkeys(cell for cell in fullest if cell)) if len({*fullest} - {""}) > 1 else ()


LIKE = {  # words in other systems' headings
    "urn": ("urn", "school no", "school number", "establishment"), "pupil": ("upn", "pupil no", "pupil number", "admission number"),
    "date": ("up to", "data to", "date", "week ending"), "possible": ("possible",), "unauthorised": ("unauth",), "authorised": ("auth",),
    "late": ("late",), "enrolments": ("enrol", "on roll", "number of pupils"), "persistent": ("persistent",), "severe": ("severe",),
    "session": ("am/pm", "session"), "code": ("code", "mark"), "year_group": ("year", "ncy"),
}  # fmt: skip


def likely(names: Sequence[str], shape: Shape) -> dict[str, str]:
    """Ours → the heading that it is likely to be, each taken once; empty where none is like it. For a person to correct."""
    needed, optional = ours(shape)
    left, found = list(names), dict.fromkeys((*needed, *optional), "")
    for name in sorted(found, key=lambda one: one == "authorised"):  # “unauthorised” holds “authorised”
        found[name] = next((head for words in LIKE.get(name, ()) for head in left if words in plain(head)), "")
        left = [head for head in left if head != found[name]]
    for name in [name for name, head in found.items() if not head]:
        found[name] = nearest(left, shape, ALIKE)[name]
        left = [head for head in left if head != found[name]]
    return found


def _nearest_shape(names: Sequence[str]) -> Shape:
    """The shape of whose needed columns most are there; of shapes as near, the one with more of them."""

    def share(shape: Shape) -> tuple[float, int]:
        needed, found = ours(shape)[0], likely(names, shape)
        many = sum(bool(found[name]) for name in needed)
        return many / len(needed), many

    return max(MATCHED, key=share)


def ours(shape: Shape) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(columns needed, columns that may be there)."""
    return NEEDED[shape], OPTIONAL.get(shape, ())


def faults_of(shape: Shape, columns: Mapping[str, str], names: Sequence[str], *, urn_given: bool = False) -> dict[str, str]:
    """Our column → what is wrong with its match."""
    known, given = {plain(name) for name in names}, list(columns.values())
    found = {}
    for name in ours(shape)[0]:
        if not columns.get(name) and not (urn_given and name in FROM_COMMAND):
            found[name] = "Choose its column."
    for name, theirs in columns.items():
        if theirs and plain(theirs) not in known:
            found[name] = "The file has no such heading."
        elif theirs and given.count(theirs) > 1:
            found[name] = "One column cannot be two things."
    return found


def shape_of(columns: Mapping[str, str], *, urn_given: bool = False) -> Shape:
    """The shape of which everything that it needs is named; of several the one that uses most of it. Raises H-DATA-70."""
    given = {name for name, theirs in columns.items() if theirs} | ({"urn"} if urn_given else set())
    if given == set(NEEDED[Shape.WIDE]):
        return Shape.WIDE
    fitting = [shape for shape in MATCHED if set(NEEDED[shape]) <= given and given <= {*NEEDED[shape], *OPTIONAL.get(shape, ())}]
    if fitting:
        return max(fitting, key=lambda shape: len(NEEDED[shape]))
    strange = sorted(given - {name for shape in Shape for name in (*NEEDED[shape], *OPTIONAL.get(shape, ()))})
    there = "; ".join(f"{shape.value}: {', '.join(NEEDED[shape])}" for shape in Shape)
    raise HeadwayError(
        "H-DATA-70", f"No shape of registers has a column {strange[0]!r}." if strange else "What is matched is not enough for any shape.",
        f"Needed are, for {there}.", "Say of each needed column which of the file’s headings it is.",
    )  # fmt: skip


def match_file(space: Workspace, path: Path, columns: Mapping[str, str], exports: Mapping[str, AttendanceExport], *,
               shape: Shape | None, urn_given: bool, who: str) -> Shape:  # fmt: skip
    """Write down which of a file's headings is which of ours; what stands already is not written twice.

    Raises H-ACCESS-40 and 41 (papers), H-DATA-10 to 12, H-DATA-70 with everything that is wrong with the match.
    """
    papers.check(space)
    kind = shape or shape_of(columns, urn_given=urn_given)
    with tempfile.TemporaryDirectory(dir=private_files.folder(space, REGISTERS), prefix=".", suffix=".partial") as scratch:
        found = headings(path, Path(scratch), kind)
    wrong = faults_of(kind, columns, found.names, urn_given=urn_given)
    if wrong:
        told = "; ".join(f"{name}: {words}" for name, words in wrong.items())
        remedy = f"Its headings are: {', '.join(found.names)}."
        raise HeadwayError("H-DATA-70", f"The columns of {path.name} cannot be matched so.", told, remedy, path.name)
    wanted = {name: (theirs,) for name, theirs in columns.items() if theirs}
    if not any(one.shape == kind.value and dict(one.columns) == wanted for one in exports.values()):
        write(space.home, f"Matched {path.stem[:40]}", kind, columns, who)
    return kind


def write(home: Path, title: str, shape: Shape, columns: Mapping[str, str], who: str) -> Path:
    """The entry in the workspace's library, beside those that are there. Raises H-DATA-70 for a match that lacks what the shape needs."""
    lacks = [name for name in ours(shape)[0] if not columns.get(name) and name not in FROM_COMMAND]
    if lacks:
        words = f"The match is without {', '.join(lacks)}."
        raise HeadwayError("H-DATA-70", words, "Figures cannot be read without.", "Say which column each of them is.")
    folder = home / "library" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug(title, {one.stem for one in folder.glob('*.yaml')})}.yaml"
    kept = {name: [theirs] for name, theirs in columns.items() if theirs}
    seen = {"title": f"Matched by hand by {who}", "href": GUIDE, "seen": today()}
    path.write_text(as_text({"title": title, "shape": shape.value, "columns": kept, "reference": seen}), encoding="utf-8")
    touch(home)
    return path
