"""What the pages of engagements hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from headway.definitions.loading import Library
from headway.definitions.workflows import Ladder, Rung
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.engagements import queries, rules
from headway.desk.engagements.models import Aim, Allocation, Concern, Direction, Engagement, LadderAction, State
from headway.readings.door import Door
from headway.readings.establishment import establishment, links
from headway.vocabulary.errors import HeadwayError

WHO = {
    "head_of_service": "head of school improvement", "adviser": "adviser", "head": "head", "governing_body": "governing body or trust",
    "trust": "trust", "council": "council", "secretary_of_state": "Secretary of State",
}  # fmt: skip
FOLLOWING = ("successor", "merged", "split")


def route_of(door: Door, urn: int) -> str:
    """By dialogue, unless a list that was loaded says that the school is maintained."""
    if door.facts is None:
        return "academy"
    try:
        return "maintained" if establishment(door, urn).governance == "maintained" else "academy"
    except HeadwayError:
        return "academy"


def after(door: Door, urn: int) -> list[tuple[int, str, str]]:
    """(URN, name, route) of the schools that the register says follow this one."""
    if door.facts is None:
        return []
    found = [one for one in links(door, urn) if one.kind in FOLLOWING and one.urn != urn]
    return [(one.urn, one.name or str(one.urn), route_of(door, one.urn)) for one in found]


@dataclass(frozen=True)
class Phase:
    title: str
    lines: tuple[queries.StepLine, ...]


@dataclass(frozen=True)
class RungLine:
    """One rung as the page shows it: whether it may be taken, or why not, and what was taken."""

    rung: Rung
    actions: tuple[LadderAction, ...]
    why_not: tuple[str, ...]
    passed_over: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """An engagement as one person may see it."""

    engagement: Engagement
    aim: Aim | None
    aims: tuple[Aim, ...]
    direction: Direction | None
    directions: tuple[Direction, ...]
    adviser: Allocation | None
    phases: tuple[Phase, ...]
    sentence: str
    frozen: bool
    names: dict[str, str]


def shown(engagement: Engagement, library: Library, today: date, *, to_school: bool = False) -> Shown:
    steps = queries.lines_of(engagement, library, today)
    steps = [one for one in steps if one.step.school_sees] if to_school else steps
    phases = tuple(
        Phase(title, tuple(one for one in steps if one.step.phase == title)) for title in dict.fromkeys(one.step.phase for one in steps)
    )
    aims, directions = tuple(engagement.aims.all()), tuple(engagement.directions.all())
    labels = {one.by for one in (*aims, *directions, *engagement.turns.all())}
    return Shown(
        engagement, aims[-1] if aims else None, aims, directions[-1] if directions else None, directions, queries.adviser_of(engagement),
        phases, sentence(engagement, steps, today), rules.frozen(engagement.state), names_of(labels),
    )  # fmt: skip


def sentence(engagement: Engagement, steps: list[queries.StepLine], today: date) -> str:
    """“Open for 12 weeks, level. Two steps of nine are done; the next is wanted by 5 December.”"""
    if rules.frozen(engagement.state):
        turned = [one for one in engagement.turns.all() if one.to == engagement.state]
        why = f": {turned[-1].because.rstrip('.')}" if turned else ""
        return f"This work is {State(engagement.state).label}{why}. Nothing is written into it until somebody goes on with it."
    weeks = max(0, (today - engagement.entered).days // 7)
    wanted = [one for one in steps if one.status != rules.NOT_NEEDED]
    done, late = sum(one.status == rules.DONE for one in wanted), sum(one.late for one in steps)
    ways = [one.way for one in engagement.directions.all()]
    first = f"Open for {weeks} week{'' if weeks == 1 else 's'}; {rules.travelled(ways)}."
    coming = min((one.due for one in steps if one.due and one.status not in rules.OVER and one.due >= today), default=None)
    parts = [f"{done} of {len(wanted)} steps are done"]
    parts += [f"{late} {'is' if late == 1 else 'are'} late"] if late else []
    parts += [f"the next is wanted by {rules.spoken(coming)}"] if coming else []
    return f"{first} {', '.join(parts)}."


def ladder_of(engagement: Engagement, library: Library) -> Ladder | None:
    """The ladder of the school's route now."""
    return next((one for one in library.ladders.values() if one.route == engagement.route), None)


def climbed(engagement: Engagement, library: Library) -> list[RungLine]:
    """Every rung of the school's ladder, and what was taken of another while it was on another route."""
    ladder, taken = ladder_of(engagement, library), queries.taken(engagement)
    if ladder is None:
        return []
    actions = list(LadderAction.objects.filter(engagement=engagement))
    return [
        RungLine(
            rung, tuple(one for one in actions if one.rung == rung.id and one.ladder == ladder.id),
            tuple(rules.why_not(rung, ladder, engagement.route, taken)), tuple(rules.passed_over(rung, ladder, taken)),
        )
        for rung in ladder.rungs
    ]  # fmt: skip


def earlier_route(engagement: Engagement, ladder: Ladder | None) -> list[LadderAction]:
    """What was taken while the school was on another route. It stays on record and gives no power now."""
    found = LadderAction.objects.filter(engagement=engagement)
    return list(found if ladder is None else found.exclude(ladder=ladder.id))


@dataclass(frozen=True)
class Row:
    """One engagement in the list."""

    engagement: Engagement
    adviser: str
    direction: str
    late: int
    next_due: date | None
    next_step: str
    watched: bool


def row(engagement: Engagement, library: Library, today: date, watched: frozenset[int]) -> Row:
    steps = queries.lines_of(engagement, library, today)
    waiting = [one for one in steps if one.status not in rules.OVER and one.due]
    first = min(waiting, key=lambda one: one.due or today, default=None)
    now, ways = queries.adviser_of(engagement), [one.way for one in engagement.directions.all()]
    who = "nobody" if now is None else str(now.adviser) if now.adviser.is_active else f"{now.adviser}, who has left"
    return Row(
        engagement, who, rules.WAYS[ways[-1]] if ways else "not judged yet", sum(one.late for one in steps),
        first.due if first else None, first.step.title if first else "", engagement.pk in watched,
    )  # fmt: skip


def listing_sentence(rows: list[Row]) -> str:
    live = [one for one in rows if one.engagement.state in queries.LIVE]
    late, nobody = sum(bool(one.late) for one in live), sum(one.adviser == "nobody" or "has left" in one.adviser for one in live)
    if not live:
        return "No engagement is open."
    said = [f"{len(live)} {'engagement is' if len(live) == 1 else 'engagements are'} open"]
    said += [f"{late} {'has' if late == 1 else 'have'} a step that is late"] if late else []
    said += [f"{nobody} {'has' if nobody == 1 else 'have'} no adviser"] if nobody else []
    return "; ".join(said) + "."


@dataclass(frozen=True)
class Entry:
    """One concern on the register as one person may read it."""

    concern: Concern
    kind: str
    details: str
    flagged: int


def register(user: User, library: Library, today: date, **narrow: Any) -> list[Entry]:
    flags, kinds = queries.flagged(user, today), library.concern_kinds
    return [
        Entry(
            one, kinds[one.kind].title if one.kind in kinds else one.kind,
            queries.details_of(one) if may(user, Permission.SEE_RESTRICTED, one.school_id) else "", flags.get(one.school_id, 0),
        )
        for one in queries.concerns_for(user).filter(**narrow)
    ]  # fmt: skip
