"""What Headway writes under a standing item, from the snapshot: each number with its trail, each sentence from the language engine."""

from collections.abc import Callable
from dataclasses import dataclass, field

from headway.charts.trend import trend
from headway.definitions.boards import Edition
from headway.definitions.tiers import NOT_ENOUGH
from headway.desk.boards.packs.spec import GUARDED, ItemSpec, Spec, address_of, dumped
from headway.language.answer import standing
from headway.language.boards import WITHHELD, count_words, moves_sentence, support_sentence
from headway.language.gaps import gaps_sentence, group_gaps
from headway.language.sentences import line_sentence
from headway.language.tiers import proposal_sentence, route_sentence, tier_words
from headway.language.values import name_of
from headway.papers.blocks import Block, Bullets, Column, Heading, Number, Paragraph, Table, Voice, Words, picture
from headway.readings.answers import Area, MeasureLine
from headway.readings.area import area
from headway.readings.door import Door
from headway.readings.school_counts import ALL, NOTHING, Counts, Elsewhere, counted
from headway.readings.tier_proposal.answers import Proposal, Proposals
from headway.readings.tier_proposal.proposing import propose
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC

ATTENDANCE = ("attendance.overall_absence", "attendance.persistent_absence", "attendance.severe_absence")
RESULTS = (
    "eyfs.gld",
    "phonics.year1",
    "ks2.rwm_expected",
    "ks4.attainment8",
    "ks4.progress8",
    "destinations.ks4_sustained",
    "post16.neet_or_not_known",
)
UNDECIDED = "undecided"
HELD_BACK = "What the rules propose is not in this paper: their errors fall more on some schools than on others."
FEWEST_SHOWN = "Counts of one to five schools are withheld, and as many others as keep them from being worked out."
COLUMNS = (
    Column("Measure"), Column("Year"), Column("Here", number=True), Column("England", number=True), Column("In words"),
)  # fmt: skip


@dataclass(frozen=True)
class Withheld:
    """What an edition does not show, and why: listed in the next edition up."""

    what: str
    why: str


@dataclass
class Asked:
    """One question to the sections: of which pack, for which edition, beside which item; and what each of them left out."""

    door: Door
    spec: Spec
    edition: Edition
    item: ItemSpec
    full: bool = True
    own: int = 0  # the school whose own edition it is
    left_out: list[Withheld] = field(default_factory=list)
    hidden: set[tuple[str, str]] = field(default_factory=set)

    @property
    def area(self) -> Area:
        """Where the area stands, by what everybody may know. Kept with the snapshot."""
        key = ("pack area", self.spec.area)
        if key not in self.door.kept:
            self.door.kept[key] = area(self.door, self.spec.area, PUBLIC)
        found: Area = self.door.kept[key]
        return found

    @property
    def proposals(self) -> Proposals:
        """By the figures known on the day, without what people entered of schools."""
        key = ("pack tiers", self.spec.area, self.spec.scheme, self.spec.as_of)
        if key not in self.door.kept:
            self.door.kept[key] = propose(
                self.door, PUBLIC, scheme=self.spec.scheme, authority=self.spec.area, as_of=self.spec.day, evidence=False
            )
        found: Proposals = self.door.kept[key]
        return found

    @property
    def silent(self) -> bool:
        """Whether there is nothing but what the rule proposes, and that is held back."""
        return bool(self.spec.desk.get("tiers_held")) and not self.spec.desk.get("tiers")


Writer = Callable[[Asked], list[Block]]


def figure(reading: Reading | None, where: str) -> Number:
    """A reading as people read it, with where it comes from; a withheld one says so and has no trail of its own."""
    if reading is None or reading.value is None:
        return Number("–" if reading is None else reading.status.words)
    return Number(shown(reading.value, reading.unit), where, reading.value)


def trail(door: Door, reading: Reading, beside: Reading | None = None) -> str:
    """Measure, place, year, how firm, file and row; of the figure that it stands beside too, so that a line of a table has one trail."""
    what = f"{door.measure(reading.measure).title}, {reading.place_name}, {reading.year}, {reading.release.words}: {_source(reading)}."
    if beside is None or beside.value is None:
        return what
    same = beside.source_file == reading.source_file and beside.source_row is not None and beside.source_file != "worked"
    return f"{what} {beside.place_name}: {f'row {beside.source_row:,}' if same else _source(beside)}."


def _source(reading: Reading) -> str:
    if reading.source_file == "worked":
        return "worked out from the figures of its schools"
    row = f", row {reading.source_row:,}" if reading.source_row is not None else ""
    return f"{reading.source_file or reading.source}{row}"


def attendance(asked: Asked) -> list[Block]:
    return lines_of(asked, ATTENDANCE, "Attendance beside England", drawn=ATTENDANCE[:1])


def results(asked: Asked) -> list[Block]:
    blocks = lines_of(asked, RESULTS, "Results beside England", drawn=("ks2.rwm_expected", "ks4.attainment8"))
    gaps = [gaps_sentence(one) for one in group_gaps((*asked.area.lines, *asked.area.cuts))]
    return blocks + ([Bullets(tuple(gaps))] if gaps else [])


def inspection(asked: Asked) -> list[Block]:
    wanted = tuple(line.own.measure.id for line in asked.area.lines if line.own.measure.id.startswith("inspection."))
    return [
        *lines_of(asked, wanted, "Inspection outcomes"),
        Paragraph("A grade of one scale cannot be compared with one of another.", Voice.NOTE),
    ]


def lines_of(asked: Asked, wanted: tuple[str, ...], caption: str, drawn: tuple[str, ...] = ()) -> list[Block]:
    lines = {line.own.measure.id: line for line in asked.area.lines if line.own.measure.id in wanted and line.own.cut == "all"}
    ordered = [lines[name] for name in wanted if name in lines]
    if not ordered:
        return [Paragraph("No figure has been published yet.")]
    blocks: list[Block] = [Table(caption, COLUMNS, tuple(_row(asked.door, line) for line in ordered))]
    if asked.full:
        charts = [trend(lines[name], f"pack-{asked.item.item}-{name.replace('.', '-')}") for name in drawn if name in lines]
        blocks += [picture(one) for one in charts if one.svg]
    return blocks


def _row(door: Door, line: MeasureLine) -> tuple[Words, ...]:
    latest = line.own.latest
    beside = line.comparators.get("england")
    other = next((one for one in beside.readings if latest and one.year == latest.year), None) if beside else None
    how, where = standing(line), trail(door, latest, other) if latest else ""
    said = {
        "better": "Better than England, beyond chance.",
        "worse": "Worse than England, beyond chance.",
        "within": "Within chance of England.",
    }.get(how, "")
    return (
        name_of(line.own.measure),
        str(latest.year) if latest else "–",
        (figure(latest, where),),
        (figure(other, where),),
        f"{line_sentence(line)} {said}".strip(),
    )


def tiers(asked: Asked) -> list[Block]:
    """How many schools have how much support, as people decided it; before the first decision, as the rule proposes it."""
    if asked.silent:
        return [Paragraph(HELD_BACK)]
    counts, public = tier_counts(asked), asked.edition is Edition.PUBLIC
    decided = asked.spec.desk.get("tiers") or {}
    asked.hidden |= counts.hidden
    if not public:
        small = [cell for cell in sorted(counts.hidden) if cell[0] != ALL]
        said = [f"{_tier(asked, row)}, {_column(column)}: {counts.numbers[(row, column)]}" for row, column in small]
        asked.left_out += [Withheld(one, "so few schools could be recognised") for one in said]

    def told(row: str, column: str = ALL) -> int | None:
        return counts.shown(row, column) if public else counts.numbers[(row, column)]

    scheme = asked.door.library.tiers[asked.proposals.scheme]
    heavier = [(_tier(asked, row), told(row)) for row in counts.rows if row in scheme.tiers and not scheme.tiers[row].light]
    blocks: list[Block] = [Paragraph(support_sentence(heavier, counts.numbers[(ALL, ALL)], decided=bool(decided)))]
    last = asked.spec.last
    if decided and not public and last:
        blocks.append(Paragraph(moves_sentence(decided["more"], decided["less"], f"{last.day} {last:%B %Y}")))
    return [*blocks, _tier_table(asked, counts, told, decided=bool(decided))]


def _tier_table(asked: Asked, counts: Counts, told: Callable[[str, str], int | None], *, decided: bool) -> Table:
    heads = (Column(_column(one).capitalize(), number=True) for one in (ALL, *counts.columns))
    rule = f"Tier scheme {asked.proposals.scheme} on {asked.spec.as_of}, from snapshot {asked.spec.snapshot}"
    where = f"{rule}; decided by people, as told to heads by that day." if decided else f"{rule}; no opinion of a person is in it."
    rows = tuple((_tier(asked, row), *((_count(told(row, column), where),) for column in (ALL, *counts.columns))) for row in counts.rows)
    note = FEWEST_SHOWN if asked.edition is Edition.PUBLIC else ""
    return Table("Support in proportion to need", (Column("Support decided" if decided else "Support proposed"), *heads), rows, note=note)


def _tier(asked: Asked, tier: str) -> str:
    scheme = asked.door.library.tiers[asked.proposals.scheme]
    return "No tier decided yet" if tier == UNDECIDED else tier_words(scheme, tier) if tier in (*scheme.tiers, NOT_ENOUGH) else tier


def _count(number: int | None, where: str) -> Number:
    return Number(WITHHELD) if number is None else Number(count_words(number), where, float(number))


def _column(name: str) -> str:
    return {ALL: "all schools", "academy": "academies"}.get(name, name)


def tier_counts(asked: Asked) -> Counts:
    """Schools by tier and governance, with what is withheld from the public. The same for every edition of a pack, and kept: what is to be
    withheld takes some seconds to find."""
    key = ("pack tier counts", address_of(dumped(asked.spec)))
    if key not in asked.door.kept:
        asked.door.kept[key] = _tier_counts(asked)
    found: Counts = asked.door.kept[key]
    return found


def _tier_counts(asked: Asked) -> Counts:
    scheme, numbers = asked.door.library.tiers[asked.spec.scheme], dict[tuple[str, str], int]()
    decided = asked.spec.desk.get("tiers") or {}
    if decided:
        numbers = {_cell(name): int(many) for name, many in decided["numbers"].items()}
    else:
        for one in asked.proposals.proposals:
            numbers[(one.tier, one.governance)] = numbers.get((one.tier, one.governance), 0) + 1
    columns = tuple(sorted({column for _, column in numbers}))
    found = {row for row, _ in numbers}
    known = (*scheme.tiers, NOT_ENOUGH, UNDECIDED)
    rows = (*(name for name in known if name in found), *sorted(found - set(known)))
    elsewhere = elsewhere_of(asked.spec, columns) if asked.spec.format >= GUARDED else NOTHING
    return counted(numbers, rows, columns, asked.spec.hidden_before, elsewhere)


def elsewhere_of(spec: Spec, columns: tuple[str, ...]) -> Elsewhere:
    """What is known of tiers besides a paper: how many schools there are of a kind, and, once decided, heads and trusts their own tiers."""
    decided = spec.desk.get("tiers") or {}
    holders = tuple({_cell(name): int(many) for name, many in one.items()} for one in decided.get("holders", ()))
    return Elsewhere(frozenset((ALL, column) for column in (ALL, *columns)), holders, heads=bool(decided))


def _cell(name: str) -> tuple[str, str]:
    tier, _, column = name.partition("|")
    return tier, column


def governance(asked: Asked) -> list[Block]:
    """Academies and maintained schools through the same lens; their powers differ."""
    schools: dict[str, list[int]] = {}
    for one in asked.proposals.proposals:
        schools.setdefault(one.governance, []).append(one.urn)
    routes = asked.door.library.tiers[asked.proposals.scheme].routes
    where = f"The list of schools in snapshot {asked.spec.snapshot}."
    rows = tuple(
        (_column(name).capitalize(), (Number(f"{len(urns):,}", where, float(len(urns))),), routes[name].note if name in routes else "–")
        for name, urns in sorted(schools.items())
    )
    return [
        Paragraph("Every school is looked at by the same measures and the same rule. What the council may do differs."),
        Table(
            "The same measures, other powers", (Column("Schools"), Column("How many", number=True), Column("What the council may do")), rows
        ),
    ]


def named(asked: Asked) -> list[Block]:
    """The schools that an exempt item is about, each with what is proposed and why; in a school’s own edition only itself."""
    by_urn = {one.urn: one for one in asked.proposals.proposals}
    wanted = [one for one in asked.item.urns if not asked.own or one == asked.own]
    found = [by_urn[one] for one in wanted if one in by_urn]
    blocks: list[Block] = [] if found or wanted else [Paragraph("No school is named under this item.")]
    for one in found:
        blocks += _school(asked, one)
    unknown = [str(one) for one in wanted if one not in by_urn]
    if unknown:
        blocks.append(Paragraph(f"The tier scheme does not sort {', '.join(unknown)}."))
    return blocks


def _school(asked: Asked, one: Proposal) -> list[Block]:
    scheme = asked.door.library.tiers[asked.proposals.scheme]
    return [
        Heading(f"{one.name} ({one.urn})", 3),
        Paragraph(HELD_BACK if asked.spec.desk.get("tiers_held") else proposal_sentence(one, scheme)),
        Paragraph(route_sentence(one, scheme), Voice.NOTE),
    ]


def method(asked: Asked) -> list[Block]:
    """What the figures rest on: the snapshot, the library, how firm and how new each source is; what changed since the last meeting."""
    facts = asked.door.published
    newest: dict[str, Reading] = {}
    for line in asked.area.lines:
        latest = line.own.latest
        if latest is not None and latest.value is not None:
            newest[name_of(line.own.measure)] = latest
    rows = tuple((name, str(one.year), one.release.words, one.source_file or one.source) for name, one in newest.items())
    heads = (Column("Measure"), Column("Newest year"), Column("How firm"), Column("File"))
    lines = [f"Snapshot {facts.id}, built on {facts.built_at.date()}; library {asked.spec.library}; papers as known on {asked.spec.as_of}."]
    lines += [str(one) for one in asked.spec.desk.get("method", ())]
    if facts.example:
        lines.append("The area and its figures are made up.")
    if not asked.full:
        return [Paragraph(" ".join(lines), Voice.NOTE)]
    table = [Table("How new and how firm the figures are", heads, rows)] if rows else []
    return [Bullets(tuple(lines)), *table]
