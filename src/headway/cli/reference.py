"""Writes the generated pages of docs/reference: commands, measures, sources, ambitions, codes. Run: python -m headway.cli.reference"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from headway.definitions.ambitions import Ambition, Asks
from headway.definitions.attendance_codes import AttendanceCodes
from headway.definitions.loading import Library, library_for
from headway.definitions.schemas import Measure, Period, SourceTable

FOLDER = Path(__file__).resolve().parents[3] / "docs/reference"
NOTICE = "Generated from {origin} by `python -m headway.cli.reference`; do not edit by hand.\n"
BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither high nor low is better"}


def page(title: str, origin: str, sections: Iterable[str]) -> str:
    """A whole page: its title, where it comes from, its sections."""
    return "\n".join([f"# {title}\n", NOTICE.format(origin=origin), *sections])


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    body = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    lines = [" | ".join(header), " | ".join("---" for _ in header), *body]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def plain(text: str) -> str:
    return " ".join(text.split())


def measure_section(measure: Measure) -> str:
    facts = f"{measure.unit.replace('_', ' ')}; {BETTER[measure.better]}; cohort {measure.cohort}; a cohort under {measure.floor} is small."
    cuts = f"Cuts: {', '.join(measure.cuts)}.\n" if measure.cuts else ""
    rows = [period_row(period) for period in measure.periods]
    years = table(("years", "from", "break at its start", "reference"), rows)
    return f"## {measure.id}\n\n**{measure.title}.** {plain(measure.why_it_matters)}\n\n{facts}\n{cuts}\n{years}"


def period_row(period: Period) -> tuple[str, ...]:
    until = "on" if period.until == "open" else f"to {period.until}"
    tables = ", ".join(dict.fromkeys(f"`{supply.table}`" for supply in period.supplies))
    cut = f"{period.break_.kind.replace('_', ' ')}: {plain(period.break_.note)}" if period.break_ else ""
    return f"{period.from_} {until}", tables, cut, f"[{period.reference.title}]({period.reference.href})"


def source_section(source: SourceTable) -> str:
    where = f"[{source.reference.title}]({source.reference.href})"
    layouts = table(("layout", "recognised by"), [(layout.name, ", ".join(layout.headers)) for layout in source.layouts])
    people = f"Columns with people's names, dropped when landed: {', '.join(source.holds_people)}.\n" if source.holds_people else ""
    note = f"{plain(source.note)}\n" if source.note else ""
    for one in source.unfilled:
        years = ", ".join(map(str, one.years))
        note += f"\nNot filled in {years}, where {one.holds!r} is no figure: {', '.join(one.columns)}. {plain(one.note)}\n"
    facts = f"**{source.title}.** {source.publisher}; {source.licence}; {source.cadence}. {where}"
    return f"## {source.id}\n\n{facts}\n{people}{note}\n{layouts}"


def ambition_section(library: Library, ambition: Ambition) -> str:
    """A promise: its words, what each part asks by the reading chosen, and the other readings."""
    rows = [asks_row(library, ambition, name, asks) for name, asks in ambition.all_parts().items()]
    asked = table(("part", "measure", "group", "asks", "baseline", "due"), rows)
    chosen = [f"Read as {one.title}: {plain(one.why)}\n" for name, one in ambition.choices.items() if name == ambition.chosen]
    others = [f"Or as {one.title}: {plain(one.why)}\n" for name, one in ambition.choices.items() if name != ambition.chosen]
    note = [f"{plain(ambition.note)}\n"] if ambition.note else []
    return "\n".join([f"### {ambition.id}\n", f"“{ambition.words}”\n", *note, *chosen, *others, asked])


def asks_row(library: Library, ambition: Ambition, name: str, asks: Asks) -> tuple[str, ...]:
    title = ambition.parts[name].title if name else ambition.title
    if asks.lacking:
        return title, f"lacking: {asks.lacking.series}, {asks.lacking.years}", "", "", "", ""
    against = asks.against
    beside = (against.kind.replace("_", " ") if against.level is None else f"{against.level:g}") if against else ""
    amount = f" {asks.amount:g} {'per cent' if asks.unit == 'percent' else 'points'}" if asks.amount is not None else ""
    claim = " ".join(part for part in (f"{str(asks.relation).replace('_', ' ')}{amount}", beside) if part)
    return title, f"`{asks.measure}`", library.cut_words(asks.cut) or "all", claim, str(asks.baseline), str(asks.due or "no date")


def ambition_sections(library: Library) -> list[str]:
    found = []
    for name, one in library.ambition_sets.items():
        found.append(f"## {name}\n\n**{one.title}.** {plain(one.note)} [{one.reference.title}]({one.reference.href})\n")
        listed = sorted((item for item in library.ambitions.values() if item.set == name), key=lambda item: (item.number, item.id))
        found += [ambition_section(library, item) for item in listed]
    return found


EVIDENCE = {"A": "two sources or more", "B": "published outside attendance and absence", "none": "**not confirmed**"}


def codes_section(regime: AttendanceCodes) -> str:
    """One regime of register codes: what each counts as, and how sure that is."""
    until = "on" if regime.until == "open" else f"to {regime.until:%d %B %Y}"
    rows = [
        (f"`{text}`", code.title, code.means.replace("_", " "), code.reason.replace("_", " "), code.late and f"{code.late} the close",
         EVIDENCE[code.evidence])
        for text, code in regime.codes.items()
    ]  # fmt: skip
    body = table(("code", "title", "counts as", "reason", "late", "evidence"), rows)
    where = f"[{regime.reference.title}]({regime.reference.href})"
    return f"## {regime.title}\n\nIn force from {regime.from_:%d %B %Y} {until}. {where}.\n\n{body}"


def command_section(name: str, command: Any) -> str:
    """One command as its own help says it. `command` is what typer makes of a function."""
    rows = [(", ".join(f"`{flag}`" for flag in part.opts) or part.name, plain(getattr(part, "help", "") or "")) for part in command.params]
    options = table(("option", "meaning"), [row for row in rows if row[0] != "`--help`"]) if rows else ""
    return f"## {name}\n\n{plain(command.help or '')}\n\n{options}"


def all_commands(group: Any, before: str = "") -> dict[str, Any]:
    """Every command by its name; those of a group under both names, as `pupils load`."""
    found: dict[str, Any] = {}
    for name, command in getattr(group, "commands", {}).items():
        inner = all_commands(command, f"{before}{name} ")
        found |= inner or {f"{before}{name}": command}
    return found


def pages(library: Library) -> dict[str, str]:
    """Every generated page by its file's name."""
    import typer.main

    from headway.cli.main import app

    commands = all_commands(typer.main.get_command(app))
    measures = [measure_section(library.measures[name]) for name in sorted(library.measures)]
    sources = [source_section(library.tables[name]) for name in sorted(library.tables)]
    codes = [codes_section(one) for one in sorted(library.attendance.codes.values(), key=lambda one: one.from_, reverse=True)]
    return {
        "attendance-codes.md": page("Attendance codes", "the library", codes),
        "commands.md": page("Commands", "the commands themselves", (command_section(*item) for item in sorted(commands.items()))),
        "ambitions.md": page("Ambitions", "the library", ambition_sections(library)),
        "measures.md": page("Measures", "the library", measures),
        "sources.md": page("Sources", "the library", sources),
    }


def write(folder: Path = FOLDER) -> None:
    for name, text in pages(library_for()).items():
        (folder / name).write_text(text.rstrip() + "\n")


if __name__ == "__main__":
    write()
