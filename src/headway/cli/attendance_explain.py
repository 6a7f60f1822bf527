"""The command that proves a school's figures of attendance: explain."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli.attendance_group import audited
from headway.cli.attendance_reading import reader
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.pupils import Reading, open_for
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    from headway.readings.attendance.proof_answers import AreaProof, Proof


def register(group: typer.Typer) -> None:
    group.command()(explain)


def explain(
    urn: Annotated[int, typer.Argument(help="The school; without one, the area.")] = 0,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Prove the figures of a school: its files, numerators and denominators, what was left out, why the department's tool differs."""
    from headway.readings.attendance.proof import area_proof, proof

    door, person = open_for(home), reader(viewer)
    found = proof(door, person, urn) if urn else area_proof(door, person)
    if found is None:
        raise HeadwayError("H-DATA-73", f"No registers of {urn} are held.", remedy="Load them: headway attendance load FOLDER.")
    audited(door.home, "read", "proof", urn=urn)
    if form is Format.TABLE:
        say("\n".join(_words(found)), out)
    elif form is Format.JSON:
        emit([found.as_dict()], form, out=out)
    else:
        emit([_row(one) for one in found.shares], form, out=out)


def _row(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("id", "title", "value", "numerator", "denominator", "of", "rule")}


def _words(found: "Proof | AreaProof") -> list[str]:
    from headway.language.attendance import difference_words, file_words, quotient_words
    from headway.readings.attendance.proof_answers import Proof

    lines = [
        f"{found.year}, marks to {found.data_to:%A %d %B %Y}. Generation {found.generation} of the registers, library {found.digest}.",
        "",
    ]
    lines += [f"{one.title}: {quotient_words(one)}" for one in found.shares]
    if isinstance(found, Proof):
        lines[0] = f"{found.school} ({found.urn}), {found.basis}, {lines[0]}"
        lines += _of_school(found)
    else:
        lines += ["", *(f"{one.urn} {one.school}: {_sum(one)}" for one in found.schools)]
        lines += [f"Send nothing: {found.not_sending} schools."]
    lines += ["", "Files, the newest first:", *(f"  {file_words(one)}" for one in found.files)]
    lines += ["", "Why the department’s tool may say another figure:", *(f"  {difference_words(one)}" for one in found.differs)]
    return [*lines, *found.notes]


def _of_school(found: "Proof") -> list[str]:
    lines = []
    if found.codes:
        lines += ["", f"By code ({found.codes_from}):"]
        lines += [f"  {one.code:<3}{one.sessions:>9,}  {one.means.replace('_', ' ')}: {one.title}" for one in found.codes]
        lines += ["  These add up to what the bit planes count." if found.agrees else "  These DO NOT add up to what the bit planes count."]
    if found.left_out:
        lines += ["", "Left out:", *(f"  {one.many:,} {one.what}: {one.why}" for one in found.left_out)]
    return lines


def _sum(one: Any) -> str:
    return "fewer than six pupils" if one.possible is None else f"{one.attended:,} of {one.possible:,} sessions"
