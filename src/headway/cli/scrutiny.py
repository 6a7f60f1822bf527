"""The report on a set of ambitions, as a file: Word, PDF/UA, a workbook or HTML."""

from pathlib import Path
from typing import Annotated

import typer

from headway.cli.ambitions import AsOf, Authority
from headway.cli.asking import _door, day_of
from headway.cli.keeping import Home
from headway.vocabulary.errors import HeadwayError


def register(app: typer.Typer) -> None:
    app.command("scrutiny")(scrutiny)


def scrutiny(
    of: Annotated[str, typer.Argument(help="A set of ambitions, as birmingham_2015.")],
    out: Annotated[Path, typer.Option("--out", help="The file; its ending says which: .docx, .pdf, .xlsx or .html.")],
    as_of: AsOf = "",
    authority: Authority = "",
    template: Annotated[Path | None, typer.Option("--template", help="The council's own Word template, for a .docx.")] = None,
    home: Home = None,
) -> None:
    """A report to scrutiny: each promise's verdict, its figures with margin, release and source, and the council's headings."""
    from headway.desk.scrutiny.writing import About, paper
    from headway.papers.annex import xlsx
    from headway.papers.html import document
    from headway.papers.typesetting import pdf
    from headway.papers.word import docx
    from headway.readings.ambitions import verdicts
    from headway.vocabulary import clock
    from headway.vocabulary.viewer import PUBLIC

    writers = {".pdf": pdf, ".xlsx": xlsx, ".html": document}
    if out.suffix not in (*writers, ".docx"):
        raise HeadwayError("H-USAGE-86", f"{out.name} does not say which kind of file.", remedy="End it in .docx, .pdf, .xlsx or .html.")
    door, when = _door(home), day_of(as_of)
    answers = verdicts(door, PUBLIC, as_of=when, authority=authority, of=of)
    names = {one.area: one.area_name for one in answers}
    body = ", ".join(names.values()) or ", ".join(name for _, name in door.published.areas)
    about = About(door.library.ambition_sets[of].title, body, when or clock.today(), door.facts)
    written = paper(about, answers)
    made = docx(written, template.read_bytes() if template else None) if out.suffix == ".docx" else writers[out.suffix](written)
    out.write_bytes(made)
    typer.echo(f"{out}: {len(answers)} promises as known on {about.as_of}.")
