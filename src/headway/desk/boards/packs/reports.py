"""The parts of the council’s report that officers wrote under items, put together for the whole pack."""

from collections.abc import Mapping, Sequence
from typing import Any

from headway.desk.boards.packs.spec import GUARDED, ItemSpec, Spec
from headway.papers.blocks import Block, Heading, LegalCheck, Paragraph, Voice, paragraphs
from headway.papers.council import NEEDED, Part

NOT_ASKED = "No item of this paper asks for a decision that needs this part."


def parts_of(spec: Spec, items: Sequence[ItemSpec]) -> dict[Part, tuple[Block, ...]]:
    """Part → what is written of it under the items that stand in a paper. A part that is to be written, and is not, is left out here."""
    kept: Mapping[str, Any] = spec.desk.get("council") or {}
    if spec.format < GUARDED:
        return {}
    reports = {one.item: kept.get("items", {}).get(str(one.item), {}) for one in items}
    found = {part: tuple(_part(part, items, reports, kept.get("why", ""))) for part in NEEDED}
    asked = any(report.get("must") for report in reports.values())
    return {part: blocks or (Paragraph(NOT_ASKED),) for part, blocks in found.items() if blocks or not asked}


def _part(part: Part, items: Sequence[ItemSpec], reports: Mapping[int, Mapping[str, Any]], why: str) -> list[Block]:
    blocks: list[Block] = []
    for item in items:
        report = reports[item.item]
        words = str(report.get("parts", {}).get(part.name.lower(), ""))
        if words:
            blocks += [Heading(item.title, 2), *paragraphs(words)]
        elif report.get("must") and why:
            said = f"Not written when the papers went out: {why}"
            blocks += [Heading(item.title, 2), LegalCheck(said) if part is Part.LEGAL else Paragraph(said)]
    return blocks


def recommended(spec: Spec, items: Sequence[ItemSpec]) -> list[Block]:
    """What officers recommend beyond what the board is asked, each under its item, with who answers for it."""
    kept: Mapping[str, Any] = (spec.desk.get("council") or {}).get("items", {}) if spec.format >= GUARDED else {}
    blocks: list[Block] = []
    for item in items:
        report = kept.get(str(item.item), {})
        words = str(report.get("parts", {}).get("recommendations", ""))
        if report.get("officer"):
            blocks += [Heading(item.title, 2), *paragraphs(words), Paragraph(f"Report by {report['officer']}.", Voice.NOTE)]
    return blocks
