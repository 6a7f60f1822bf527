"""Papers of a record of a child on no roll: the evidence for a legal step, and everything held for the family. No database, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headway.definitions.attendance_duties import Duty
from headway.desk.attendance.writing import said
from headway.papers.blocks import Block, Bullets, Column, Heading, LegalCheck, Paper, Paragraph, Table, VisibleTo, Voice, paragraphs

DAY, WHAT = Column("Day"), Column("What")


@dataclass(frozen=True)
class Taken:
    """A legal step of a record: its title, the school that it names, why it was taken, what was tried first, what came of it."""

    day: date
    title: str
    names: str
    why: str
    tried: Sequence[tuple[str, str]]
    outcome: str


@dataclass(frozen=True)
class Recorded:
    """A record for a paper, with its texts opened. `place`: the school, or that there is none; `enquiries`: (day, kind, text)."""

    sign: str
    place: str
    area: str
    day: date
    kind: str
    ground: str
    opened: date
    ended: str
    who: str
    known: str
    where: str
    enquiries: Sequence[tuple[date, str, str]]
    steps: Sequence[Taken]


def step_words(one: Taken) -> str:
    """The step, the school that it names, what came of it."""
    named = f", naming {one.names}" if one.names else ""
    return f"{one.title}{named}{f'; {one.outcome}' if one.outcome else ''}"


def _why(one: Taken) -> str:
    """Why it was taken, and what was tried first, as they were kept with it."""
    tried = "; ".join(f"{day}: {what}" for day, what in one.tried)
    return f"{one.why} Tried first: {tried}." if tried else one.why


def evidence(of: Recorded, duties: Mapping[str, Duty]) -> Paper:
    """What was asked, what was answered and what was taken, for the council's lawyers: the child by a sign alone."""
    blocks: list[Block] = [
        Paragraph(f"Child {of.sign}, {of.place}. Who the child is stands in the record, and is put in by who sends this.", Voice.ANSWER),
        LegalCheck("Which of this may be shared, with whom and when, is for the council’s legal team."),
        *_facts(of),
        Heading("What was asked, and what was answered"),
        _enquiries(of),
        Heading("Legal steps"),
    ]
    for one in of.steps:
        tried = tuple(f"{day}: {what}" for day, what in one.tried)
        blocks += [Heading(f"{said(one.day)}: {step_words(one)}", 2), *paragraphs(one.why)]
        blocks += (
            [Paragraph("What was tried first:"), Bullets(tried)] if tried else [Paragraph("Nothing was tried first; the reason says why.")]
        )
    blocks += [] if of.steps else [Paragraph("None yet.")]
    footing = sorted(
        {f"{one.title}: {one.basis}; {one.reference.title}" for one in duties.values() if one.kind == "step" and one.of_no_roll}
    )
    blocks += [Heading("On what footing"), Bullets(tuple(footing)), VisibleTo("the attendance team and the council’s legal team")]
    return Paper(f"Evidence: child {of.sign}", of.area, f"{of.kind} · {said(of.day)}", of.day, tuple(blocks))


def everything(of: Recorded, asked: Sequence[str]) -> Paper:
    """Everything that is held of a child on no roll here, for the family that asked for it."""
    told = (("Who the child is, as it was written", of.who), ("What is known", of.known), ("Where, and what else is known", of.where))
    blocks: list[Block] = [
        Paragraph(f"What Headway holds of the child of record {of.sign}, who is {of.place}.", Voice.ANSWER),
        LegalCheck("Texts may name others, and who told us: read each, and take out what is of somebody else, before this goes out."),
        *_facts(of),
        *(block for title, text in told if text for block in (Heading(title), *paragraphs(text))),
        Heading("Enquiries"),
        _enquiries(of),
        Heading("Legal steps"),
        Table("Steps, and why", (DAY, WHAT, Column("Text")), tuple((said(one.day), step_words(one), _why(one)) for one in of.steps))
        if of.steps else Paragraph("None."),
        Heading("Rights asked for"),
        Bullets(tuple(asked)) if asked else Paragraph("None."),
        Paragraph("No register holds this child: there is no attendance, no early warning and no chance. A key of the record’s own stands "
                  "for the child in lists and files."),
        VisibleTo("the family that asked, and the attendance team of the whole area"),
    ]  # fmt: skip
    return Paper(f"Everything held about child {of.sign}", of.area, f"{of.kind} · {said(of.day)}", of.day, tuple(blocks))


def _facts(of: Recorded) -> list[Block]:
    return [
        Heading("The record"),
        Paragraph(f"{of.kind}, opened on {said(of.opened)}. Ground: {of.ground}. {of.ended or 'It is open.'}"),
    ]


def _enquiries(of: Recorded) -> Block:
    if not of.enquiries:
        return Paragraph("No enquiry is written down.")
    rows = tuple((said(day), kind, text) for day, kind, text in of.enquiries)
    return Table("Enquiries, as they were written", (DAY, WHAT, Column("Text")), rows)
