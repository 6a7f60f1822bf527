"""The report that a council's committees expect: fixed headings, in their order, whichever of them has been written."""

from collections.abc import Mapping
from enum import StrEnum

from headway.papers.blocks import Block, Heading, LegalCheck, Paragraph, Strong


class Part(StrEnum):
    """The parts of a report. The order here is the order on paper; a council may give other headings."""

    PURPOSE = "Purpose of this report"
    RECOMMENDATIONS = "Recommendations"
    BACKGROUND = "Background"
    FINDINGS = "Findings"
    OPTIONS = "Options considered"
    CONSULTATION = "Consultation"
    FINANCE = "Financial implications"
    LEGAL = "Legal implications"
    EQUALITY = "Equality implications"
    RISK = "Risks"
    PAPERS = "Background papers"


MUST = (Part.RECOMMENDATIONS, Part.OPTIONS, Part.FINANCE, Part.LEGAL, Part.EQUALITY, Part.RISK)
NEEDED = tuple(part for part in MUST if part is not Part.RECOMMENDATIONS)  # what is asked for stands in the recommendations anyway
TO_BE_WRITTEN = "To be written by the author of the report before it is published."
LEGAL_TO_BE_CHECKED = "The council’s legal team has still to write or confirm this part."


def report(parts: Mapping[Part, tuple[Block, ...]], headings: Mapping[Part, str] | None = None) -> tuple[Block, ...]:
    """The blocks of a report. A part that every report must have and nobody has written says so, rather than being left out.

    `headings` gives a council's own words for a part. Headings within a part are of level 2 and below.
    """
    made: list[Block] = []
    for part in Part:
        written = parts.get(part, ())
        if not written and part not in MUST:
            continue
        made.append(Heading((headings or {}).get(part, part.value)))
        made.extend(written or (_to_be_written(part),))
    return tuple(made)


def _to_be_written(part: Part) -> Block:
    return LegalCheck(LEGAL_TO_BE_CHECKED) if part is Part.LEGAL else Paragraph((Strong(TO_BE_WRITTEN),))
