"""What each public page says: papers of the same blocks as board papers, so that each number has its trail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from headway.definitions.boards import Edition
from headway.desk.boards.packs import from_desk, sections
from headway.desk.boards.packs.sections import Asked
from headway.desk.boards.packs.spec import ItemSpec, Spec, address_of
from headway.desk.boards.packs.writing import write
from headway.desk.publication.paging import money
from headway.desk.publication.rules import Facts
from headway.language.answer import area_answer, basis
from headway.papers.blocks import Block, Bullets, Column, Heading, Number, Paper, Paragraph, Strong, Table, Voice, Words, paragraphs
from headway.readings.area import KEY_MEASURES
from headway.readings.door import Door, measure_facts
from headway.readings.files import files
from headway.readings.margins import margin
from headway.readings.school_counts import lines, owners, with_sums
from headway.readings.schools import schools
from headway.readings.withheld_figures import attacks
from headway.stats.disclosure import Money, Way
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC

OF_SCHOOLS = ("attendance.overall_absence", "ks2.rwm_expected", "ks4.attainment8", "ks4.progress8")
MARGINS = "Beside each figure its 95% margin, where one can be had. A school of few pupils moves much by chance: its figure is not judged."

PROPOSED = (
    "This is what a rule proposes from published figures. It is no decision: a decision of people is counted here once the head of the "
    "school has been told, and none has been yet."
)


@dataclass(frozen=True)
class Given:
    """What the desk gives the public pages: plain values, all of it decided or published already."""

    spec: Spec  # a spec without a meeting: promises, rates, consultations
    strategies: tuple[Mapping[str, Any], ...] = ()
    boards: tuple[Mapping[str, Any], ...] = ()
    costs: tuple[Mapping[str, Any], ...] = ()
    history: tuple[Mapping[str, Any], ...] = ()
    money: Mapping[str, Money] = field(default_factory=dict)  # what it is → kind of provider → (holder, pounds)


@dataclass
class Site:
    """The papers by path, and the tables of counts that are in them."""

    papers: dict[str, Paper] = field(default_factory=dict)
    facts: list[Facts] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)  # attacks on what is no count: figures of schools, money


def site(door: Door, given: Given) -> Site:
    """Every page but the data files. The same door and values give the same pages."""
    made = Site()
    asked = Asked(door, given.spec, Edition.PUBLIC, ItemSpec(0, "", "public", "", "", "", ""))
    made.papers["index.html"] = _paper(given, f"Where {given.spec.body} stands", _index(asked))
    made.papers["promises.html"] = _paper(given, "Strategy and promises", _promises(asked, given))
    made.papers["results.html"] = _paper(given, "How schools do", _results(asked))
    made.papers["schools.html"] = _paper(given, "School by school", _schools(door, given.spec.area))
    made.papers["support.html"] = _paper(given, "Support, and what it costs", _support(asked, given, made.facts))
    made.papers["boards.html"] = _paper(given, "Boards: papers and minutes", _boards(given))
    made.papers |= dict(_meetings(door, given, made.facts))
    made.papers["method.html"] = _paper(given, "Method and data", _method(asked))
    made.papers["glossary.html"] = _paper(given, "What the words mean", _glossary(door))
    made.papers["changes.html"] = _paper(given, "What changed on these pages", _changes(given))
    made.ways += [*attacks(door, given.spec.area, (*OF_SCHOOLS, *KEY_MEASURES)), money.tried(given.money)]
    return made


def _paper(given: Given, title: str, blocks: list[Block]) -> Paper:
    day = f"{given.spec.day.day} {given.spec.day:%B %Y}"
    return Paper(
        title,
        given.spec.body,
        f"For everybody · as known on {day}",
        given.spec.day,
        tuple(blocks),
        "Each number’s source is listed at the end.",
    )


def _index(asked: Asked) -> list[Block]:
    found = asked.area
    wanted = tuple(line.own.measure.id for line in found.lines)
    pupils = f" with {found.pupils:,} pupils" if found.pupils else ""
    return [
        Paragraph(" ".join(area_answer(found)), Voice.ANSWER),
        Paragraph(f"{found.schools:,} schools{pupils}. {basis(found.lines, found.snapshot)}", Voice.NOTE),
        Heading("Key figures"),
        *sections.lines_of(asked, wanted, "Key figures beside England", drawn=("attendance.overall_absence", "ks2.rwm_expected")),
    ]


def _promises(asked: Asked, given: Given) -> list[Block]:
    blocks: list[Block] = []
    for one in given.strategies:
        blocks += [
            Heading(str(one["title"])),
            *paragraphs(str(one["summary"])),
            Paragraph(f"Answers for it: {one['owner']}. {one['decided']}", Voice.NOTE),
        ]
    if not blocks:
        return [Paragraph("No strategy is decided and open to everybody yet.")]
    return [*from_desk.promises(asked), *blocks, Heading("Each promise in full"), *from_desk.annex(asked)]


def _results(asked: Asked) -> list[Block]:
    return [
        Heading("Attendance"), *sections.attendance(asked), Heading("Results and gaps"), *sections.results(asked), Heading("Inspection"),
        *sections.inspection(asked), Heading("Academies and maintained schools"), *sections.governance(asked),
    ]  # fmt: skip


def _schools(door: Door, area: str) -> list[Block]:
    """Published figures of each open school, small cohorts said to be such. No league: by name, and no colour."""
    wanted = tuple(name for name in OF_SCHOOLS if name in door.library.measures)
    found = schools(door, PUBLIC, authority=area, measures=wanted)
    heads = (Column("School"), Column("Phase"), *(Column(measure_facts(door.measure(name)).short, number=True) for name in wanted))
    rows = tuple(
        (one.establishment.name, one.establishment.phase.replace("_", " "), *(_of_school(door, one.readings.get(name)) for name in wanted))
        for one in found
    )
    return [Paragraph(f"{len(found):,} open schools, by name. {MARGINS}"), Table("Schools and their newest published figures", heads, rows)]


def _of_school(door: Door, reading: Reading | None) -> Words:
    if reading is None:
        return "–"
    if reading.value is None:
        return reading.status.words
    facts = measure_facts(door.measure(reading.measure))
    few = reading.denominator is not None and reading.denominator < facts.floor
    limits = None if few else margin(reading, facts)
    said = f" ({shown(limits[0], reading.unit, ending=False)} to {shown(limits[1], reading.unit, ending=False)})" if limits else ""
    year = f", {reading.year}{', too few pupils to judge' if few else ''}"
    return (Number(shown(reading.value, reading.unit), "", reading.value), f"{said}{year}")


def _support(asked: Asked, given: Given, facts: list[Facts]) -> list[Block]:
    facts += [] if asked.silent else [facts_of_tiers(asked)]
    scheme = asked.door.library.tiers[asked.proposals.scheme]
    blocks: list[Block] = [*_how_much(asked)]
    blocks += [
        Heading("How it is decided"),
        Paragraph("A rule proposes from the figures; people who know the school decide; the school may reply. Schools are not named here."),
    ]
    blocks += [Bullets(tuple((Strong(f"{tier.title}: "), tier.means) for tier in scheme.tiers.values()))]
    rows = tuple((str(one["what"]), (Number(f"£{one['pounds']:,}", str(one["where"]), float(one["pounds"])),)) for one in given.costs)
    blocks += [Heading("What it costs")]
    blocks.append(
        Table("Support and its cost", (Column("What"), Column("Cost", number=True)), rows)
        if rows
        else Paragraph("No cost is written down yet.")
    )
    return blocks + money.tables(given.money)


def _how_much(asked: Asked) -> list[Block]:
    """What people decided, where they did; else what the rule proposes, said to be no decision; else that it is held back."""
    if asked.spec.desk.get("tiers"):
        day = f"{asked.spec.day.day} {asked.spec.day:%B %Y}"
        told = f"As people decided it, and as heads had been told by {day}. Where nothing is decided yet, nothing is put in its place."
        return [Heading("How much support schools have"), *sections.tiers(asked), Paragraph(told, Voice.NOTE)]
    heading = Heading("How much support a rule proposes")
    if asked.silent:
        return [heading, *sections.tiers(asked), Paragraph("Nothing is decided yet of which heads have been told.", Voice.NOTE)]
    return [heading, Paragraph(PROPOSED), *sections.tiers(asked)]


def facts_of_tiers(asked: Asked) -> Facts:
    """The table of tiers as the public sees it, with what is known of it besides: numbers of schools, heads and trusts of their own."""
    counts = sections.tier_counts(asked)
    cells = {_name(cell): counts.shown(*cell) for cell in counts.numbers}
    sums = tuple((_name(one.total), tuple(map(_name, one.parts))) for one in lines(counts.rows, counts.columns))
    decided = asked.spec.desk.get("tiers") or {}
    which = f"decided, state {address_of(decided['numbers'])[:8]}" if decided else "proposed"  # each new decision is another count
    subject = f"Schools by support {which}, {asked.spec.scheme}, {asked.spec.as_of}, snapshot {asked.spec.snapshot}"
    elsewhere = sections.elsewhere_of(asked.spec, counts.columns)
    outside = {_name(cell): float(counts.numbers[cell]) for cell in sorted(elsewhere.known)}
    shares = [with_sums(own) for own in owners(counts.numbers, counts.hidden, elsewhere) if own]
    holders = tuple({_name(cell): many for cell, many in one.items()} for one in shares)
    return Facts(subject, cells, sums, outside, holders, follows=not decided)


def _name(cell: tuple[str, str]) -> str:
    return f"{cell[0]}|{cell[1]}"


def _boards(given: Given) -> list[Block]:
    blocks: list[Block] = []
    for one in given.boards:
        blocks += [Heading(str(one["title"])), *paragraphs(str(one["purpose"]))]
        members = tuple((str(each["name"]), str(each["post"])) for each in one["members"])
        if members:
            blocks.append(Table(f"Members of {one['title']}", (Column("Member"), Column("Stands for")), members))
        meetings = tuple(
            f"{_day(each['day'])}: {each['state']}{'; papers are on these pages' if each['out'] else ''}." for each in one["meetings"]
        )
        blocks.append(Bullets(meetings) if meetings else Paragraph("No meeting is planned."))
    return blocks or [Paragraph("No board meets in public here yet.")]


def _meetings(door: Door, given: Given, facts: list[Facts]) -> list[tuple[str, Paper]]:
    """The public edition of every meeting whose papers are out, and its public minutes once they are signed."""
    from headway.readings.earlier import door_of

    found = []
    for board in given.boards:
        for one in board["meetings"]:
            if not one["out"] or one["spec"] is None:
                continue
            at = door_of(door.home, one["spec"].snapshot)
            paper = write(at, one["spec"], Edition.PUBLIC, full=True).paper
            asked = Asked(at, one["spec"], Edition.PUBLIC, ItemSpec(0, "", "public", "", "", "", ""))
            facts += [] if asked.silent else [facts_of_tiers(asked)]
            blocks = (*paper.blocks, *_minutes(one))
            found.append(
                (one["path"], Paper(f"{board['title']}, {_day(one['day'])}", paper.body, paper.line, paper.issued, blocks, paper.foot))
            )
    return found


def _minutes(one: Mapping[str, Any]) -> list[Block]:
    if not one["minutes"]:
        return []
    blocks: list[Block] = [Heading("Minutes"), Paragraph(f"Signed by {one['signed_by']}. {one['quorum']}")]
    for item in one["minutes"]:
        blocks.append(Heading(str(item["title"]), 2))
        said = [each for each in (item["said"], *(f"{made['sort']}. {made['words']}" for made in item["decisions"])) if each]
        said += [f"Action: {made['what']}. {made['owner']}, by {made['due']}." for made in item["actions"]]
        blocks += [Paragraph(each) for each in said] or [
            Paragraph("Taken in private." if item.get("closed") else "Nothing was decided or asked for.")
        ]
    blocks += [Paragraph((Strong("Correction: "), str(words))) for words in one["corrections"]]
    return blocks


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _method(asked: Asked) -> list[Block]:
    used = [one for one in files(asked.door, PUBLIC) if one.outcome == "landed" and one.used]
    rows = tuple((one.title, one.publisher, one.year or "several", one.release.words, one.file) for one in used)
    heads = (Column("Source"), Column("Publisher"), Column("Year"), Column("How firm"), Column("File"))
    downloads = "Take away: key_figures.csv with key_figures.meta.csv, in the format of Explore Education Statistics."
    return [*sections.method(asked), Paragraph(downloads), Heading("Sources"), Table("Every file that is used", heads, rows)]


def _glossary(door: Door) -> list[Block]:
    measures = sorted((measure_facts(one) for one in door.library.measures.values()), key=lambda one: one.title)
    shown_ = [one for one in measures if one.why_it_matters]
    rows = tuple(
        (one.title, one.why_it_matters, {"higher": "Higher is better", "lower": "Lower is better"}.get(one.better, "Neither"))
        for one in shown_
    )
    return [Table("Measures", (Column("Measure"), Column("Why it matters"), Column("Which way is better")), rows)]


def _changes(given: Given) -> list[Block]:
    rows = tuple((_day(str(one["on"])), str(one["what"]), str(one["reason"])) for one in given.history)
    if not rows:
        return [Paragraph("This is the first release of these pages.")]
    return [Table("Releases of these pages", (Column("On"), Column("What changed"), Column("Why")), rows)]
