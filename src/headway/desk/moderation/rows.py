"""The list of a meeting: each school with what is proposed, how the adviser and the school see it, and what was settled; and its cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.desk.fairness.queries import HELD, HELD_TITLE
from headway.desk.tiers.evidence import signals, title_of, without_proposal
from headway.desk.tiers.models import Item, Opinion, Outcome
from headway.desk.tiers.queries import newest
from headway.readings.door import Door
from headway.readings.tier_proposal.comparing import Cost, cost

ORDERS = {"name": "name", "points": "points", "disagreement": "most disagreement", "unknown": "most unknown"}
PAGE = 30


@dataclass(frozen=True)
class Row:
    """One school before a meeting. `tier` is what counts now: the outcome, else what is proposed; `proposed` is HELD where that is held
    back, and nothing of it is told."""

    item: Item
    proposed: str
    points: int
    unknown: int
    opinion: Opinion | None
    outcome: Outcome | None
    own_view: str  # a tier, or empty where the school has sent none
    powers: bool

    @property
    def urn(self) -> int:
        return self.item.school_id

    @property
    def name(self) -> str:
        return str(self.item.school.name)

    @property
    def tier(self) -> str:
        return self.outcome.tier if self.outcome else NOT_ENOUGH if self.held else self.proposed

    @property
    def shown(self) -> dict[str, Any]:
        """What the proposal rested on, as far as it is shown."""
        return without_proposal(self.item.evidence.shown) if self.held else dict(self.item.evidence.shown)

    @property
    def held(self) -> bool:
        return self.proposed == HELD

    @property
    def differs(self) -> bool:
        """Whether the adviser sees it differently from the rules."""
        return self.opinion is not None and not self.held and self.opinion.tier != self.proposed

    @property
    def school_differs(self) -> bool:
        """Whether the school sees itself differently from the rules."""
        return bool(self.own_view) and not self.held and self.own_view != self.proposed

    @property
    def confirmed(self) -> bool:
        return hasattr(self.item, "decision")

    @property
    def number(self) -> int:
        """Of the newest outcome: whoever saves says which one they saw."""
        outcomes = list(self.item.outcomes.all())
        return outcomes[-1].number if outcomes else 0


def row_of(item: Item, own_view: str, held: bool = False) -> Row:
    shown, opinions = item.evidence.shown, list(item.opinions.all())
    unknown = sum(1 for one in signals(shown, "unknown"))
    proposed, points = (HELD, 0) if held else (item.evidence.proposed, item.evidence.points)
    return Row(item, proposed, points, unknown, opinions[-1] if opinions else None, newest(item), own_view,
               bool(shown.get("powers")))  # fmt: skip


def in_order(rows: Sequence[Row], order: str, scheme: Scheme) -> list[Row]:
    """As asked; schools of one rank by name."""
    tiers = list(scheme.tiers)

    def apart(row: Row) -> int:
        views = [tiers.index(tier) for tier in (row.proposed, row.opinion.tier if row.opinion else "", row.own_view) if tier in tiers]
        return max(views) - min(views) if views else 0

    keys = {"points": lambda row: -row.points, "disagreement": lambda row: (-row.differs, -apart(row)), "unknown": lambda row: -row.unknown}
    by_name = sorted(rows, key=lambda row: (row.name, row.urn))
    return sorted(by_name, key=keys[order]) if order in keys else by_name


def page_of(rows: Sequence[Row], urn: int) -> tuple[list[Row], int, int]:
    """The rows of the page that holds a school; where it begins, and how many there are in all."""
    at = next((place for place, row in enumerate(rows) if row.urn == urn), 0)
    begins = at // PAGE * PAGE
    return list(rows[begins : begins + PAGE]), begins, len(rows)


def neighbours(rows: Sequence[Row], urn: int) -> tuple[Row | None, Row | None]:
    """The school before and the one after in the list."""
    at = next((place for place, row in enumerate(rows) if row.urn == urn), 0)
    return (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None)


def next_open(rows: Sequence[Row], urn: int) -> Row | None:
    """The next school of which nothing is settled, going round; None when all are."""
    at = next((place for place, row in enumerate(rows) if row.urn == urn), 0)
    return next((row for row in (*rows[at + 1 :], *rows[: at + 1]) if row.outcome is None), None)


def planned(door: Door, scheme: Scheme, rows: Sequence[Row]) -> Cost:
    """What it takes of advisers' days as things stand in the meeting."""
    return cost(scheme, door.library.entitlements[scheme.entitlement], [row.tier for row in rows])


def days_of(door: Door, scheme: Scheme) -> dict[str, float]:
    """Tier → the adviser days that are put aside for a school in it; none without a tier."""
    given = door.library.entitlements[scheme.entitlement].tiers
    return {name: given[name].plan_days for name in scheme.tiers} | {NOT_ENOUGH: 0.0}


def answer_words(rows: Sequence[Row]) -> str:
    """“41 of 100 settled. The rules propose, you decide: of the other 59 the adviser sees 12 differently, …”"""
    open_rows = [row for row in rows if row.outcome is None]
    done = f"{len(rows) - len(open_rows)} of {len(rows)} settled."
    if all(row.confirmed for row in rows):
        return f"{len(rows)} of {len(rows)} decided. The heads are rung, and after each call its letter goes."
    if not open_rows:
        return f"{done} Confirm the decisions, and the heads can be rung."
    if any(row.held for row in open_rows):
        return f"{done} What the rules propose is held back: you decide by what is known, with a reason for each school."
    differ = sum(row.differs for row in open_rows)
    thin = sum(row.proposed == NOT_ENOUGH for row in open_rows)
    others = "them" if len(open_rows) == len(rows) else f"the other {len(open_rows)}"
    said = [f"of {others} the adviser sees {differ or 'none'} differently"]
    if thin:
        said.append(f"{thin} {'has' if thin == 1 else 'have'} not enough evidence for a proposal")
    return f"{done} The rules propose, you decide: {', and '.join(said)}."


def titles(scheme: Scheme, rows: Sequence[Row]) -> Mapping[str, str]:
    """Every tier that stands in the list, in words."""
    found = {
        *scheme.tiers,
        NOT_ENOUGH,
        *(row.item.last_tier for row in rows if row.item.last_tier),
        *(row.own_view for row in rows if row.own_view),
    }
    return {tier: title_of(scheme, tier) for tier in found} | {HELD: HELD_TITLE}
