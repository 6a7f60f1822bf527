"""A pack as papers: the public edition, the members’, the exempt one, a school’s own. One source; each holds what the one before holds."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from headway.definitions.boards import Edition
from headway.desk.boards.packs import from_desk, ledger, reports, sections
from headway.desk.boards.packs.sections import Asked, Withheld, Writer
from headway.desk.boards.packs.spec import ItemSpec, Spec
from headway.papers.blocks import Block, Bullets, Column, Heading, PageBreak, Paper, Paragraph, Strong, Table, VisibleTo, Voice, paragraphs
from headway.papers.council import Part, report
from headway.readings.door import Door

WRITERS: dict[str, Writer] = {
    "promises": from_desk.promises, "attendance": sections.attendance, "results": sections.results, "tiers": sections.tiers,
    "visits": from_desk.visits, "inspection": sections.inspection, "governance": sections.governance, "actions": from_desk.actions,
    "told": from_desk.told, "method": sections.method, "brokerage": from_desk.brokerage, "early": ledger.early, "named": sections.named,
    "de_delegation": from_desk.de_delegation,
}  # fmt: skip
ON_TWO_PAGES = ("promises", "tiers", "visits", "attendance", "actions", "method", "de_delegation")  # the rest is for the whole pack
READERS = {
    Edition.PUBLIC: "everybody",
    Edition.MEMBERS: "members of the board, under its sharing agreement, and its clerks",
    Edition.EXEMPT: "members of the board without an interest in the item, and its clerks; not to be passed on",
}
BEFORE = {Edition.MEMBERS: Edition.PUBLIC, Edition.EXEMPT: Edition.MEMBERS}
PURPOSE = "What the board should know before it decides. Each number has its source at the end; each sentence is worked out from it."
FOOT = "Each number’s source is listed at the end and in the workbook."


@dataclass(frozen=True)
class Written:
    """One edition: its paper, what it shows that the edition below does not, and the counts that it withholds."""

    paper: Paper
    left_out: tuple[Withheld, ...]
    hidden: tuple[tuple[str, str], ...]


def write(door: Door, spec: Spec, edition: Edition, *, full: bool = False, own: int = 0, without: Collection[int] = ()) -> Written:
    """One edition of a pack. `own`: a school’s own edition, the public one with what is said of that school. `without`: items that are
    withheld from a member with an interest. The same door, spec and edition give the same paper."""
    items = [one for one in spec.items if _stands(one, edition, own)]
    left_out, hidden = _of_closed_items(spec, edition), set[tuple[str, str]]()
    found: list[Block] = []
    asks: list[ItemSpec] = []
    for number, item in enumerate(items, 1):
        if item.item in without:
            found += [Heading(f"{number}. {item.title}", 2), Paragraph("Withheld from you: you have an interest in it.")]
            continue
        asked = Asked(door, spec, edition, item, full, own)
        written = _item(asked)
        if not written and not full:
            continue
        found += [Heading(f"{number}. {item.title}", 2), *written]
        asks.append(item)
        left_out += asked.left_out
        hidden |= asked.hidden
    blocks = _framed(door, spec, edition, found, asks, full) if full else _short(spec, edition, found, asks)
    blocks += _left_out(edition, left_out)
    return Written(_paper(spec, edition, own, tuple(blocks)), tuple(left_out), tuple(sorted(hidden)))


def of_item(door: Door, spec: Spec, item: ItemSpec, edition: Edition) -> Paper | None:
    """What Headway writes under one item, as a paper of its own; None where it writes nothing."""
    if item.writes not in WRITERS:
        return None
    blocks = WRITERS[item.writes](Asked(door, spec, edition, item))
    return Paper(item.title, spec.board, spec.body, spec.day, tuple(_lifted(blocks)), FOOT) if blocks else None


def _lifted(blocks: list[Block]) -> list[Block]:
    """Headings of level 3 become the first level: alone, nothing stands above them."""
    return [Heading(one.words, 1) if isinstance(one, Heading) else one for one in blocks]


def _stands(item: ItemSpec, edition: Edition, own: int) -> bool:
    return Edition(item.edition) in edition.holds or (bool(own) and own in item.urns)


def _item(asked: Asked) -> list[Block]:
    item = asked.item
    blocks: list[Block] = list(paragraphs(item.text))
    if item.grounds and not asked.own:
        blocks.insert(0, Paragraph(f"Not open to the public: {item.grounds}.", Voice.NOTE))
    if item.writes in WRITERS and (asked.full or item.writes in ON_TWO_PAGES or item.edition != "public"):
        blocks += WRITERS[item.writes](asked)
    return blocks + _files(asked)


def _files(asked: Asked) -> list[Block]:
    """The files under an item that this edition holds; those that the edition below does not are listed as left out of it."""
    held = [one for one in asked.item.files if Edition(one.edition) in asked.edition.holds]
    below = BEFORE.get(asked.edition)
    for one in held:
        if below and Edition(asked.item.edition) in below.holds and Edition(one.edition) not in below.holds:
            asked.left_out.append(Withheld(f"File: {one.title}", one.grounds or "for members of the board, under the sharing agreement"))
    lines = tuple((Strong(f"{one.title}"), f" ({one.ending}, sha256 {one.sha256[:12]})") for one in held)
    return [Paragraph("Files with this item, on its page:", Voice.NOTE), Bullets(lines)] if lines else []


def _short(spec: Spec, edition: Edition, found: list[Block], asks: list[ItemSpec]) -> list[Block]:
    """Two pages: what the board is asked, then what it rests on."""
    wanted = [one for one in asks if one.writes != "method"]  # what there is only to note takes no line of two pages
    raised = [replace(one, level=one.level - 1) if isinstance(one, Heading) else one for one in found]
    return [*_answer(found), VisibleTo(READERS[edition]), Heading("The board is asked to"), _recommendations(wanted), *raised]


def _answer(found: list[Block]) -> list[Block]:
    """The first sentence of each part that has one, at most three: what a chair reads first."""
    said = [
        after.words
        for before, after in pairwise(found)
        if isinstance(before, Heading) and isinstance(after, Paragraph) and after.voice is Voice.PLAIN and isinstance(after.words, str)
    ]
    said = [words for words in said if any(mark.isdigit() for mark in words)]  # a sentence that tells how much
    return [Paragraph(" ".join(said[:3]), Voice.ANSWER)] if said else []


def _framed(door: Door, spec: Spec, edition: Edition, found: list[Block], asks: list[ItemSpec], full: bool) -> list[Block]:
    """The whole pack, with the headings of the council’s reports and each promise in full."""
    annex = from_desk.annex(Asked(door, spec, edition, spec.items[0], full)) if spec.items and spec.desk.get("promises") else []
    parts: dict[Part, tuple[Block, ...]] = {
        Part.PURPOSE: (Paragraph(PURPOSE),),
        Part.RECOMMENDATIONS: (_recommendations(asks), *reports.recommended(spec, asks)),
        Part.FINDINGS: tuple(found),
        Part.PAPERS: (
            Bullets((f"Snapshot {spec.snapshot}, library {spec.library}, tier scheme {spec.scheme}.", f"As known on {spec.as_of}.")),
        ),
    }
    parts |= reports.parts_of(spec, asks)
    blocks: list[Block] = [VisibleTo(READERS[edition]), *report(parts)]
    return [*blocks, PageBreak(), Heading("Annex: each promise in full"), *annex] if annex else blocks


def _recommendations(asks: list[ItemSpec]) -> Block:
    return Bullets(
        tuple((Strong(f"{one.title}: "), one.asks) for one in asks) or ("note that no paper is open to this edition.",), numbered=True
    )


def _of_closed_items(spec: Spec, edition: Edition) -> list[Withheld]:
    """The items of this edition that the edition below does not hold, each with its reason."""
    below = BEFORE.get(edition)
    if below is None:
        return []
    return [
        Withheld(f"Item: {one.title}", one.grounds or "for members of the board, under the sharing agreement")
        for one in spec.held(edition)
        if Edition(one.edition) not in below.holds
    ]


def _left_out(edition: Edition, left_out: list[Withheld]) -> list[Block]:
    below = BEFORE.get(edition)
    if below is None or not left_out:
        return []
    name = f"What the {below.words.lower()} leaves out, and why"
    return [
        Heading(name),
        Table(name, (Column("Left out"), Column("Why")), tuple((one.what, f"{one.why[:1].upper()}{one.why[1:]}.") for one in left_out)),
    ]


def _paper(spec: Spec, edition: Edition, own: int, blocks: tuple[Block, ...]) -> Paper:
    day = f"{spec.meets.day} {spec.meets:%B %Y}"
    which = "Edition for one school" if own else edition.words
    return Paper(f"Board meeting {day}", spec.board, f"{spec.body} · {day} · {which}", spec.day, blocks, FOOT)
