"""What the pages of plans and boards hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from headway.charts.drawing import Chart
from headway.charts.path_to_aim import path_to_aim
from headway.desk.accounts.queries import names_of
from headway.desk.plans import queries, rules
from headway.desk.plans.models import Action, Objective, Plan, Point, Progress, ProjectBoard, Review
from headway.readings.answers import MeasureLine
from headway.readings.door import Door
from headway.readings.profile import profile
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

YEARS_DRAWN = 4
Lines = dict[str, MeasureLine]


def lines_of(door: Door, urn: int, viewer: Viewer) -> Lines:
    """Measure → the school's own line of it, for the whole cohort; empty while no list that was loaded holds the school."""
    if door.facts is None:
        return {}
    try:
        found = profile(door, urn, viewer)
    except HeadwayError:
        return {}
    return {line.own.measure.id: line for line in (*found.lines, *found.context, *found.workforce, *found.finance)}


def measures(lines: Lines) -> list[tuple[str, str]]:
    return [(name, line.own.measure.title) for name, line in lines.items() if any(one.value is not None for one in line.own.readings)]


def known(lines: Lines, objectives: Sequence[Objective], snapshot: str) -> dict[int, dict[str, Any]]:
    """Objective → the published figure that was known at a review, with what it was had from. Give lines as everybody may see them."""
    found = {}
    for one in objectives:
        latest = lines[one.measure].own.latest if one.measure in lines else None
        if latest is not None:
            found[one.pk] = {"value": latest.value, "year": str(latest.year), "status": latest.status.value,
                             "release": latest.release.value, "snapshot": snapshot}  # fmt: skip
    return found


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective with its path, its figure and its colours."""

    objective: Objective
    line: MeasureLine | None
    latest: Reading | None
    wanted: float | None  # by the path, at the end of the year of the latest figure
    on_path: bool | None
    points: tuple[Point, ...]
    chart: Chart | None
    colours: tuple[tuple[Review, Progress], ...]  # newest first
    actions: tuple[Action, ...]


def objective_line(objective: Objective, lines: Lines, reviews: Sequence[Review]) -> ObjectiveLine:
    line, points = lines.get(objective.measure), tuple(objective.points.all())
    latest = line.own.latest if line else None
    wanted = on_path = None
    if line is not None and latest is not None:
        year_ends = date(latest.year.start + 1, 8, 31)
        wanted = rules.expected([(one.due, one.value) for one in points], year_ends)
        on_path = rules.on_path(latest.value, wanted, line.own.measure.better)
    colours = tuple((review, each) for review in reversed(reviews) for each in review.progress.all() if each.objective_id == objective.pk)
    return ObjectiveLine(
        objective, line, latest, wanted, on_path, points, _drawn(objective, line, points), colours, tuple(objective.actions.all())
    )


def _drawn(objective: Objective, line: MeasureLine | None, points: Sequence[Point]) -> Chart | None:
    """The path with the figures of the last years; None without a path or a figure."""
    if line is None or not points or objective.start is None:
        return None
    known = [(date(one.year.start + 1, 8, 31), one.value) for one in line.own.readings if one.value is not None][-YEARS_DRAWN:]
    start = (objective.plan.begins, objective.start)
    path = [(one.term, one.due, one.value) for one in points]
    title = f"{line.own.measure.title}: the path and the figures"
    return path_to_aim(start, path, known, line.own.measure.unit, f"objective-{objective.pk}", title)


@dataclass(frozen=True)
class Shown:
    plan: Plan
    objectives: tuple[ObjectiveLine, ...]
    reviews: tuple[Review, ...]  # newest first
    lacks: tuple[str, ...] | None  # what is still to be shown before support becomes lighter; None where no tier says
    worsening: tuple[Objective, ...]
    breaches: tuple[str, ...]
    sentence: str
    still: str
    names: dict[str, str]


def shown(door: Door, plan: Plan, viewer: Viewer, today: date) -> Shown:
    reviews, lines = list(plan.reviews.all()), lines_of(door, plan.school_id, viewer)
    objectives = tuple(objective_line(one, lines, reviews) for one in plan.standing)
    lacks = queries.lacks_to_leave(plan.school, door, today) if door.facts and not plan.closed else None
    said = tuple(rules.breaches_of_plan(queries.days_of(plan, door.library), today))
    return Shown(
        plan, objectives, tuple(reversed(reviews)), lacks, tuple(queries.worsening(plan)), said, sentence(plan, objectives, reviews, today),
        queries.stands_still(plan), names_of({one.by for one in reviews}),
    )  # fmt: skip


def sentence(plan: Plan, objectives: Sequence[ObjectiveLine], reviews: Sequence[Review], today: date) -> str:
    """“Four objectives; at the review of 3 March two were green, one amber, one red. Two actions are overdue.”"""
    many = len(objectives)
    parts = [f"{many} objective{'' if many == 1 else 's'}"] if many else ["No objective is written yet"]
    if reviews:
        colours = [each.rag for each in reviews[-1].progress.all()]
        counted = ", ".join(f"{colours.count(one)} {one}" for one in (rules.GREEN, rules.AMBER, rules.RED) if one in colours)
        parts.append(f"at the review of {rules.spoken(reviews[-1].day)}: {counted}")
    elif many:
        parts.append("no review has been written")
    late = sum(each.done is None and each.due < today for one in objectives for each in one.actions)
    tail = f" {late} action{' is' if late == 1 else 's are'} overdue." if late else ""
    if plan.closed:
        tail += f" The plan was closed on {rules.spoken(plan.closed)}: {plan.closed_because.rstrip('.')}."
    return "; ".join(parts) + "." + tail


@dataclass(frozen=True)
class BoardShown:
    board: ProjectBoard
    sittings: tuple[tuple[Any, rules.Met], ...]  # newest first
    open_actions: tuple[Any, ...]
    breaches: tuple[str, ...]
    sentence: str


def board_shown(door: Door, board: ProjectBoard, today: date) -> BoardShown:
    met = queries.met(board, door.library)
    sittings = tuple(zip(board.sittings.all(), met, strict=True))[::-1]
    waiting = tuple(one for sitting in board.sittings.all() for one in sitting.actions.all() if one.closed is None)
    said = () if board.closed else rules.breaches_of_board(met, board.exit_criteria, queries.school_days(door.library), today)
    return BoardShown(board, sittings, waiting, tuple(said), board_sentence(board, met, [one.due for one in waiting], today))


def board_sentence(board: ProjectBoard, met: Sequence[rules.Met], waiting: Sequence[date], today: date) -> str:
    if board.closed:
        return f"The board ended on {rules.spoken(board.closed)} with its exit report."
    held, coming = sum(one.held for one in met), [one for one in met if not one.held and one.day >= today]
    first = f"The board has met {held} time{'' if held == 1 else 's'}" if held else "The board has not met yet"
    parts = [first]
    if coming:
        parts.append(f"it meets next on {rules.spoken(coming[0].day)}, with papers by {rules.spoken(coming[0].papers_by)}")
    else:
        parts.append("no meeting is called; about every six weeks is usual")
    many, late = len(waiting), sum(due < today for due in waiting)
    overdue = "" if not late else ", overdue" if many == 1 else f", {late if late < many else 'all'} of them overdue"
    tail = f" {many} action{' is' if many == 1 else 's are'} open{overdue}." if many else ""
    return "; ".join(parts) + "." + tail
