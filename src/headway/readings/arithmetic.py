"""How one number was worked out: the column it stands in, the formula, or the schools that it was added up from."""

from headway.analysis import formulas
from headway.analysis.supplies import Want, wants
from headway.definitions.schemas import Measure
from headway.readings import margins
from headway.readings.door import Door, measure_facts
from headway.store.landed import LandedFile
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading

ADDED_UP = "SELECT weighted, schools, withheld, without_figure, without_cohort, independent, other_list FROM aggregate"
LEFT_OUT = (
    "whose figures are withheld", "without a figure", "without a published cohort size", "independent",
    "placed by the school list of another year",
)  # fmt: skip
RATES = ("percent", "rate_per_100")
COUNTLESS = ("count", "grade", "ratio")
BY_COHORT = "each school's value by its cohort, over the sum of the cohorts"
PLAIN = "the plain mean, since no cohort sizes are published"


def arithmetic(door: Door, definition: Measure, reading: Reading, file: LandedFile | None) -> list[str]:
    """From the source's cells to the figure on the page, a line a step. For readings that are not withheld."""
    lines = _from_file(door, definition, reading, file) if file else _from_schools(door, reading)
    if reading.numerator is not None:
        lines.append(f"Numerator {counted(reading.numerator)}.")
    if reading.denominator is not None:
        lines.append(f"Denominator {counted(reading.denominator)}.")
    elif file and definition.unit not in COUNTLESS:
        lines.append("The source gives a rate without pupil numbers." if definition.unit in RATES else "The source gives no pupil numbers.")
    lines += _margin(definition, reading)
    if reading.value is not None:
        lines.append(f"Shown as {shown(reading.value, reading.unit)}: rounded once, half away from zero.")
    elif reading.marker:
        lines.append(f"The source wrote {reading.marker!r}: {reading.status.words}.")
        lines += _unfilled(door, reading, file) if file else []
    return lines


def _unfilled(door: Door, reading: Reading, file: LandedFile) -> list[str]:
    """Why what was written is no figure, where the library knows that the column is not filled in that year."""
    want = _want(door, reading, file)
    known = [one for one in want.unfilled if reading.year in one.years and one.holds == reading.marker] if want else []
    return [f"{' '.join(one.note.split())} {one.reference.title} ({one.reference.href}), {one.reference.read_words}." for one in known]


def _margin(definition: Measure, reading: Reading) -> list[str]:
    facts = measure_facts(definition)
    limits = margins.margin(reading, facts)
    if limits is None:
        return []
    low, high = (shown(limit, reading.unit) for limit in limits)
    match margins.source(reading, facts):
        case "published":
            return [f"Published 95% limits {low} to {high}."]
        case "wilson":
            return [f"95% margin {low} to {high}: what chance gives a share of so many pupils (Wilson's score)."]
        case "byar":
            return [f"95% margin {low} to {high}: what chance gives so many events (Byar's limits)."]
        case _:
            spread = dict(facts.spread)[reading.year]
            found = " ".join(definition.spread.found.split()) if definition.spread else ""
            return [f"95% margin {low} to {high}: 1.96 · {spread:.4g} / √pupils, how far pupils' scores lie apart in England. {found}"]


def counted(count: float) -> str:
    """A count in full: 4,655,513, and 64.5 where a source gives an average number."""
    return f"{count:,.4f}".rstrip("0").rstrip(".")


def _from_file(door: Door, definition: Measure, reading: Reading, file: LandedFile) -> list[str]:
    want = _want(door, reading, file)
    if want is None:
        return []
    columns = want.columns
    if not columns.value:
        over = f"Column {_header(door, file, columns.numerator or '')} over column {_header(door, file, columns.denominator or '')}"
        return [f"{over}{', times 100' if definition.unit == 'percent' else ''}."]
    at = _header(door, file, columns.value)
    if want.formula:
        return [formulas.WORDS[want.formula].format(column=at)]
    rows = " and ".join(f"{column!r} is {' or '.join(map(repr, texts))}" for column, texts in columns.where.items())
    of = f", in the row whose {rows}" if rows else ""
    scaled = f"times {columns.scale:g}" if columns.scale != 1 else "as it is"
    back = f" It is the table's column for {'the year' if columns.years_back == 1 else f'{columns.years_back} years'} before its own."
    return [f"The value stands in column {at}{of}; Headway takes it {scaled}, unrounded.{back if columns.years_back else ''}"]


def _want(door: Door, reading: Reading, file: LandedFile) -> Want | None:
    """What the build took the reading from: the same question as the build asks of the library."""
    return next(
        (
            want
            for want in wants(door.library, file)
            if (want.measure.id, want.cut) == (reading.measure, reading.cut)
            and reading.level.value in want.levels
            and want.first <= reading.year.start <= want.last
            and (file.year is None or file.year.start - want.columns.years_back == reading.year.start)
        ),
        None,
    )


def _header(door: Door, file: LandedFile, column: str) -> str:
    """The column as the file's own header writes it."""
    layout = next((item for item in door.library.tables[file.table].layouts if item.name == file.layout), None)
    own = layout.columns.get(column) if layout else None
    return f"{own!r} ({column})" if own else repr(column)


def _from_schools(door: Door, reading: Reading) -> list[str]:
    """How an area's figure that no source publishes was added up. Nothing for what is told elsewhere, such as shares of grades."""
    if "aggregate" not in door.lookup.tables:
        return []
    where = "WHERE level = ? AND place = ? AND measure = ? AND year = ? AND cut = ?"
    found = door.lookup.rows(f"{ADDED_UP} {where}", [reading.level.value, reading.place, reading.measure, reading.year.start, reading.cut])
    if not found:
        return []
    weighted, schools, *left_out = found[0]
    out = [f"{count:,} {words}" for count, words in zip(left_out, LEFT_OUT, strict=True) if count]
    return [
        f"Added up from {schools:,} schools: {BY_COHORT if weighted else PLAIN}.",
        *([f"Of the area's schools: {', '.join(out)}."] if out else []),
    ]
