"""What the pages of a strategy hold, put together from the desk's rows and what the one door answers. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.queries import Anyone
from headway.desk.strategy import queries, rules
from headway.desk.strategy.models import Action, Milestone, Priority, Strand, Strategy, Update, Version
from headway.desk.strategy.rules import Reader
from headway.desk.strategy.versions import Change, changes, reasons
from headway.language.strategies import actions_sentence

COLOURS = [(one.label, one.words) for one in rules.Standing]


@dataclass(frozen=True)
class Doing:
    """One action on a list: under what it stands, its newest word, and whether its day is past."""

    action: Action
    strand: Strand
    priority: Priority
    update: Update | None
    late: bool

    @property
    def who(self) -> str:
        return self.action.partner.title if self.action.partner else self.action.owner

    @property
    def standing(self) -> rules.Standing | None:
        return rules.Standing(self.update.standing) if self.update else None


def doing(strategy: Strategy, today: date) -> list[Doing]:
    """Every action that was not withdrawn, in the order of the strategy."""
    found = []
    for strand in queries.tree(strategy):
        for priority in strand.listed:
            for action in priority.listed:
                update = queries.last_update(action)
                late = rules.is_overdue(action.due, update.standing if update else "", today)
                found.append(Doing(action, strand, priority, update, late))
    return found


def narrowed(listed: list[Doing], *, owner: str = "", partner: str = "", show: str = "", ambition: str = "") -> list[Doing]:
    """Those of one owner, partner or promise, and those that are late or of one colour."""
    return [
        one
        for one in listed
        if (not owner or one.action.owner == owner)
        and (not partner or (one.action.partner is not None and one.action.partner.title == partner))
        and (not ambition or ambition in one.action.serves)
        and (not show or (one.late if show == "late" else (one.update.standing if one.update else "none") == show))
    ]


def counts_of(listed: list[Doing]) -> dict[str, int]:
    return rules.tally({one.action.pk: one.update.standing if one.update else "" for one in listed})


def said(listed: list[Doing]) -> str:
    return actions_sentence(counts_of(listed), sum(one.late for one in listed))


def to_come(listed: list[Doing], today: date) -> list[Milestone]:
    return queries.milestones_due([one.action for one in listed], today)


def framework(strategy: Strategy, user: Anyone) -> dict[str, Any]:
    """What every page of a strategy says of it: who may read it, how it was decided, and what this person may do."""
    asking, decided = queries.reader(user), queries.was_decided(strategy)
    return {
        "strategy": strategy,
        "state": rules.State(strategy.state),
        "readers": rules.readers_words(strategy.state, strategy.audience, decided),
        "decision": queries.decision(strategy),
        "area_wide": asking >= Reader.AREA,
        "team": asking >= Reader.TEAM,
        "writes": queries.writes(user) and strategy.state != rules.State.CLOSED,
    }


def compared(listed: Sequence[Version], asked_from: str, asked_to: str) -> dict[str, Any]:
    """Two of the versions that a person may read, and what is different, each change with the reasons that were given.

    Unless asked otherwise, the newest against the one that the last step of the life was taken with.
    """
    by_number = {one.number: one for one in listed}
    new = by_number.get(number_in(asked_to) or 0) or listed[0]
    before = [one for one in listed if one.number < new.number]
    other_state = next((one for one in before if one.state != new.state), None)
    old = by_number.get(number_in(asked_from) or 0) or other_state or (before[-1] if before else new)
    if old.number > new.number:
        old, new = new, old
    between = [one for one in reversed(listed) if old.number <= one.number <= new.number]
    documents = [queries.document_of(one) for one in between]
    way = [(one.reason, first, second) for one, first, second in zip(between[1:], documents, documents[1:], strict=False)]
    found = changes(documents[0], documents[-1])
    return {"old": old, "new": new, "changes": [(one, reasons(one, way)) for one in found]}


def grouped(found: Sequence[tuple[Change, list[str]]]) -> dict[str, list[tuple[Change, list[str]]]]:
    """Changes by the kind of piece."""
    kinds: dict[str, list[tuple[Change, list[str]]]] = {}
    for one, why in found:
        kinds.setdefault(one.kind, []).append((one, why))
    return kinds
