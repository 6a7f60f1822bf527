"""The letter on a tier: what it says is put together once and kept; the same words then give the same Word file and PDF."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from headway.definitions.tiers import NOT_ENOUGH
from headway.desk.accounts.models import User
from headway.desk.fairness.queries import standing_of
from headway.desk.tiers import rules
from headway.desk.tiers.evidence import for_school, title_of, unknown_for_school, would_move
from headway.desk.tiers.models import Route, TierDecision
from headway.language.entitlements import entitlement_lines
from headway.papers.blocks import Block, Bullets, Column, Heading, Paper, Paragraph, Strong, Table, VisibleTo, Voice, paragraphs
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named

VISIBLE_TO = "the headteacher and the chair of governors of the school, and those of the council who work with it"


def told(door: Door, decision: TierDecision, area: str, day: date) -> dict[str, Any]:
    """All that the letter says, as plain values. Names and figures are those of today; later ones do not change it."""
    scheme, shown = scheme_named(door, decision.scheme), decision.evidence.shown
    given = door.library.entitlements[scheme.entitlement]
    return {
        "area": area, "school": decision.school.name, "urn": decision.school_id, "day": str(day), "tier": decision.tier,
        "title": title_of(scheme, decision.tier), "means": scheme.tiers[decision.tier].means if decision.tier in scheme.tiers else "",
        "since": str(decision.since), "scheme": f"{scheme.title}, version {scheme.version}", "reason": decision.reason,
        "rang": str(decision.told.date()) if decision.told else "", "route": decision.route, "powers": bool(shown.get("powers")),
        "route_said": shown.get("route_said", ""), "said": [[one["title"], one["said"], one["points"]] for one in for_school(shown)],
        "unknown": [one["title"] for one in unknown_for_school(shown)],
        "lines": list(entitlement_lines(given, decision.tier)),
        "adviser": named(decision), "phone": decision.adviser_phone, "way_out": decision.way_out,
        "moves": [] if standing_of(door, scheme.id).holds_back() else rules.unsaid(would_move(shown, scheme), decision.way_out),
        "reply_by": str(rules.reply_by(day, door.library)),
        "snapshot": decision.evidence.snapshot,
        "known_on": str(decision.evidence.at.date()), "reply_within": rules.REPLY_WITHIN, "signed_by": "",
    }  # fmt: skip


def named(decision: TierDecision) -> str:
    """The adviser; nobody where the one who was named has left."""
    return str(decision.adviser) if decision.adviser and decision.adviser.is_active else ""


def signed(letter: Mapping[str, Any], by: User) -> dict[str, Any]:
    return {**letter, "signed_by": str(by)}


def paper(letter: Mapping[str, Any]) -> Paper:
    """The letter as a paper: from what was kept and nothing else."""
    day = date.fromisoformat(letter["day"])
    blocks = (*_opening(letter), *_rests_on(letter), *_gives(letter), *_way_out(letter), *_reply(letter), VisibleTo(VISIBLE_TO))
    return Paper(f"Support for {letter['school']}: {letter['title'].lower()}", f"{letter['area']}, school improvement",
                 f"{_day(letter['day'])} · to the headteacher · copy to the chair of governors", day, blocks,
                 f"{letter['school']}, URN {letter['urn']}")  # fmt: skip


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _opening(letter: Mapping[str, Any]) -> list[Block]:
    spoke = f"We spoke about this on the telephone on {_day(letter['rang'])}." if letter["rang"] else ""
    if letter["tier"] == NOT_ENOUGH:
        first = (
            f"From {_day(letter['since'])} your school has no tier: too little is known to propose one, and an adviser will look with you."
        )
    else:
        first = f"From {_day(letter['since'])} your school is in the tier {letter['title']}."
    how = {Route.MID_YEAR: "It was moved between meetings.", Route.APPEAL: "It was decided on your appeal."}.get(letter["route"], "")
    means = f"{letter['means']} A tier says how much support a school has; it is no judgement of anybody."
    return [Paragraph("Dear headteacher,"), Paragraph(f"{first} {how}".strip(), Voice.ANSWER), Paragraph(f"{spoke} {means}".strip()),
            *paragraphs(letter["reason"])]  # fmt: skip


def _rests_on(letter: Mapping[str, Any]) -> list[Block]:
    rows = tuple((title, said or "–", str(points)) for title, said, points in letter["said"])
    columns = (Column("Signal"), Column("What it says"), Column("Points", number=True))
    found: list[Block] = [Heading("What this rests on")]
    if rows:
        found.append(Table("Signals that are met", columns, rows, "Points propose, people decide."))
    else:
        found.append(Paragraph("No signal of concern is met among what is known."))
    if letter["unknown"]:
        found += [Paragraph("Not known, and so counted neither for the school nor against it:"), Bullets(tuple(letter["unknown"]))]
    known = f"{letter['scheme']}. As known on {_day(letter['known_on'])}; the council keeps the figures as they stood then"
    found.append(Paragraph(f"{known} (reference {letter['snapshot']}).", Voice.NOTE))
    if not letter["powers"]:
        found.append(Paragraph(letter["route_said"]))
    return found


def _gives(letter: Mapping[str, Any]) -> list[Block]:
    who = letter["adviser"] or "still to be named; until then write to the head of school improvement"
    phone = f", telephone {letter['phone']}" if letter["phone"] else ""
    lines = [Bullets(tuple(letter["lines"]))] if letter["lines"] else []
    return [Heading("What you are entitled to"), *lines, Paragraph(("Your adviser: ", Strong(who), f"{phone}."))]


def _way_out(letter: Mapping[str, Any]) -> list[Block]:
    if not letter["way_out"] and not letter["moves"]:
        return []
    found: list[Block] = [Heading("What would move your school to a lighter tier"), *paragraphs(letter["way_out"])]
    if letter["moves"]:
        these = "this no longer holds" if len(letter["moves"]) == 1 else "these no longer hold"
        found += [Paragraph(f"The rules would propose a lighter tier once {these}:"), Bullets(tuple(letter["moves"]))]
    return found


def _reply(letter: Mapping[str, Any]) -> list[Block]:
    by = f"{_day(letter['reply_by'])} ({letter['reply_within']} school days)"
    return [
        Heading("If you see it differently"),
        Paragraph(("Reply by ", Strong(by), ", on your page in Headway (“What the council holds about us”) or to your adviser.")),
        Bullets((
            "Something is not right: say what, and we put it right or say why not, in writing.",
            "You ask us to look again: we do, and answer in writing.",
            "You appeal: somebody who took no part in the decision looks at it and answers with the date and the reasons.",
            "You would like more help than the tier gives: ask. It costs nothing and is never held against a school.",
        )),
        *([Paragraph("Yours sincerely,"), Paragraph(letter["signed_by"])] if letter["signed_by"] else []),
    ]  # fmt: skip
