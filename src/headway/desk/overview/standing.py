"""How each school of the area stands with the council, in one row: tier, proposal, inspection, head, adviser, contact, what is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from headway.definitions.tiers import NOT_ENOUGH
from headway.desk.entitlements import pages as ledger
from headway.desk.entitlements import queries as entitlements
from headway.desk.entitlements.models import Happening
from headway.desk.entitlements.queries import Ledger
from headway.desk.entitlements.rules import Owed
from headway.desk.fairness.queries import held_back
from headway.desk.framing.keeping import until_written
from headway.desk.overview.acting import acts
from headway.desk.tiers.evidence import signals
from headway.desk.tiers.models import Evidence
from headway.desk.visits.queries import contact_days
from headway.readings.answers import Establishment as Facts
from headway.readings.calendar import school_days
from headway.readings.door import Door
from headway.readings.inspection import LastInspection, last_inspections

QUIET_WEEKS = 6  # without contact: holidays do not count
PATIENCE = 10  # school days after which a flag that nobody has acted on is listed
CONFIDENTIAL = "told in confidence"


@dataclass(frozen=True)
class Proposed:
    """What the rules proposed last: on which day, which tier, and the reasons in words. Kept as it was when a meeting was called."""

    on: date
    tier: str
    reasons: tuple[str, ...]
    scheme: str = ""


@dataclass(frozen=True)
class Standing:
    """One school."""

    urn: int
    name: str
    phase: str
    run: str
    trust: str
    locality: str
    ledger: Ledger
    tier: str  # its title; "No tier decided"
    heavy: int  # the place of the tier from the lightest, -1 without one
    proposed: Proposed | None
    proposed_heavy: int | None  # None: not proposed, or not enough evidence
    inspection: LastInspection | None
    head_since: date | None
    adviser: str
    adviser_pk: int | None
    contact: tuple[date, str] | None
    next: Owed | None
    next_title: str
    quiet: bool  # no contact for six school weeks
    unanswered: bool  # proposed for more support, and nobody has acted since
    held: bool = False  # what was proposed is told to nobody, as the scheme's errors fall more on some schools

    @property
    def moves(self) -> int:
        """1 where the rules propose more support than now, -1 where less; 0 where the same, or nothing is known."""
        if self.proposed_heavy is None or self.heavy < 0:
            return 0
        return (self.proposed_heavy > self.heavy) - (self.proposed_heavy < self.heavy)


@dataclass(frozen=True)
class Area:
    """Every open school of the area, by name, as of one day."""

    today: date
    rows: tuple[Standing, ...]
    entitlements: ledger.Held


def standing(door: Door, today: date) -> Area:
    """Worked out anew when anything was written, or a test was kept that holds proposals back; until then everybody's page is made from the
    same rows."""
    silent = held_back(door)
    kept: Area = until_written(door, today, ("standing", silent), lambda: _area(door, ledger.held(door, today), silent))
    return kept


def _area(door: Door, held: ledger.Held, silent: frozenset[str]) -> Area:
    return Area(held.today, tuple(_rows(door, held, silent)), held)


def _rows(door: Door, held: ledger.Held, silent: frozenset[str]) -> Iterable[Standing]:
    titled, tiers, heavy = entitlements.titles(door), entitlements.tier_titles(door), entitlements.weights(door)
    proposed, contact, heads, done = newest_proposals(door), contact_days(held.today), heads_since(), acts()
    inspected = {urn: one for code, _ in door.published.areas for urn, one in last_inspections(door, code).items()}
    quiet_from, flagged_from = _since(door, held.today)
    for urn, school in sorted(held.schools.items(), key=lambda item: item[1].name):
        own, facts, who, last = held.ledgers[urn], held.facts.get(urn), held.named.get(urn), contact.get(urn)
        made, upcoming = proposed.get(urn), own.next_due
        said = None if made is not None and made.scheme in silent else made
        acted = max((one.entry.day for one in own.lines if one.entry), default=None)
        yield Standing(
            urn, school.name, school.phase, ledger.run_by(facts), school.trust, facts.locality if facts else "", own,
            tiers.get(own.tier, ledger.NO_TIER), heavy.get(own.tier, -1), said,
            heavy.get(said.tier) if said else None, inspected.get(urn), heads.get(urn), str(who) if who else "",
            who.pk if who else None, last, upcoming, ledger.title_of(upcoming, titled) if upcoming else "",
            last is None or last[0] < quiet_from,
            _unanswered(said, own, heavy, flagged_from, (last[0] if last else None, acted, own.since, done.get(urn))),
            said is not made,
        )  # fmt: skip


def _since(door: Door, today: date) -> tuple[date, date]:
    """The day from which six school weeks have passed, and that from which ten school days have."""
    days = school_days(door)
    back = [today - timedelta(ahead) for ahead in range(120)]
    quiet = next((day for day in back if days.between(day, today) >= 5 * QUIET_WEEKS), back[-1])
    return quiet, next((day for day in back if days.between(day, today) >= PATIENCE), back[-1])


def _unanswered(said: Proposed | None, own: Ledger, heavy: dict[str, int], since: date, acted: tuple[date | None, ...]) -> bool:
    """Any honest act clears a flag: a visit, a call, an entry in the ledger, and all that `acting` knows of."""
    if said is None or said.on > since or heavy.get(said.tier, -1) <= heavy.get(own.tier, -1):
        return False
    return not any(day is not None and day >= said.on for day in acted)


def heads_since() -> dict[int, date]:
    """URN → the day on which its head started, where somebody has noted it."""
    rows = Happening.objects.filter(kind="new_head", withdrawn=False).order_by("since")
    return dict(rows.values_list("school_id", "since"))


def newest_proposals(door: Door) -> dict[int, Proposed]:
    """URN → what was proposed for it last. Kept until another proposal is written down."""
    newest = Evidence.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    kept: tuple[int, dict[int, Proposed]] | None = door.kept.get("newest proposals")
    if kept is None or kept[0] != newest:
        rows = Evidence.objects.order_by("pk").values_list("school_id", "at", "proposed", "shown", "scheme")
        kept = newest, {urn: Proposed(at.date(), tier, _reasons(shown), scheme) for urn, at, tier, shown, scheme in rows}
        door.kept["newest proposals"] = kept
    return kept[1]


def _reasons(shown: dict[str, Any]) -> tuple[str, ...]:
    """The reasons of a proposal by their titles, the restricted ones without theirs; of one without reasons, what is not known."""
    met = {one["name"]: CONFIDENTIAL if one["restricted"] else one["title"] for one in signals(shown, "met")}
    found = tuple(dict.fromkeys(met[name] for name in shown.get("reasons", ()) if name in met))
    return found or (("Too little is known",) if shown.get("tier") == NOT_ENOUGH else ())


SORTS = {
    "name": lambda row: row.name,
    "phase": lambda row: (row.phase, row.name),
    "run": lambda row: (row.run, row.trust, row.name),
    "tier": lambda row: (-row.heavy, row.name),
    "proposed": lambda row: (-row.moves, row.proposed_heavy is None, row.name),
    "inspection": lambda row: (row.inspection is None, row.inspection.inspected if row.inspection else date.max, row.name),
    "head": lambda row: (row.head_since is None, -(row.head_since or date.min).toordinal(), row.name),
    "adviser": lambda row: (row.adviser == "", row.adviser, row.name),
    "contact": lambda row: (row.contact is not None, row.contact[0] if row.contact else date.min, row.name),
    "next": lambda row: (row.next is None, row.next.due if row.next else date.max, row.name),
}
SHOWS = {
    "overdue": lambda row: row.ledger.overdue > 0,
    "quiet": lambda row: row.quiet,
    "nobody": lambda row: row.adviser_pk is None,
    "moves": lambda row: row.moves != 0,
    "unanswered": lambda row: row.unanswered,
}


def narrowed(rows: Iterable[Standing], given: dict[str, str]) -> list[Standing]:
    """The rows that fit a text, a tier, a phase, who runs the school, an adviser and one of SHOWS; in an order of SORTS."""
    text = given["text"].lower()
    wanted = {"tier": lambda row: row.tier, "phase": lambda row: row.phase, "run": lambda row: row.run,
              "locality": lambda row: row.locality, "trust": lambda row: row.trust,
              "adviser": lambda row: str(row.adviser_pk or "nobody")}  # fmt: skip
    shows = SHOWS.get(given["show"], lambda row: True)
    found = [
        row for row in rows
        if (not text or text in f"{row.name} {row.urn} {row.trust}".lower()) and shows(row)
        and all(not given[name] or of(row) == given[name] for name, of in wanted.items())
    ]  # fmt: skip
    return sorted(found, key=SORTS.get(given["sort"], SORTS["next"]), reverse=given["down"] == "1")


def facts_of(rows: Iterable[Standing], name: str) -> list[str]:
    """The values of a field that there are, for a filter."""
    return sorted({value for row in rows if (value := str(getattr(row, name)))})


def heaviest_first(rows: Iterable[Standing]) -> list[str]:
    return [tier for tier, _ in sorted({(row.tier, row.heavy) for row in rows}, key=lambda one: -one[1])]


__all__ = ["Area", "Facts", "Standing", "facts_of", "heaviest_first", "narrowed", "standing"]
