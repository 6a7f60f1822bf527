"""What changes about a project board: its members, its meetings, what they ask for, and its end."""

from datetime import date

from django.db import IntegrityError, transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.queries import person_named
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.plans import rules
from headway.desk.plans.models import BoardAction, Member, ProjectBoard, Sitting
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


def open_board(*, by: User, school: Establishment, opened: date) -> ProjectBoard:
    """Raises H-DESK-77 where the school has a board that is open."""
    try:
        with transaction.atomic():
            made = ProjectBoard.objects.create(school=school, opened=opened, by=by.label)
            record(by=by.label, verb="opened", target="project board", target_id=made.pk, after={"urn": school.pk})
    except IntegrityError as fault:
        raise HeadwayError("H-DESK-77", "The school has a project board.", remedy="Go on with that one.") from fault
    return made


def live(board: ProjectBoard) -> ProjectBoard:
    """The board as it is now, locked. Raises H-DESK-78 where it has ended."""
    fresh = ProjectBoard.objects.select_for_update().get(pk=board.pk)
    if fresh.closed:
        raise HeadwayError("H-DESK-78", "The board has ended: nothing is written into it.", remedy="Open another one if there is need.")
    return fresh


@transaction.atomic
def seat(*, by: User, board: ProjectBoard, post: str, name: str) -> Member:
    made = Member.objects.create(board=live(board), post=post, name=name, since=today(), user=person_named(name))
    record(by=by.label, verb="seated", target="project board", target_id=board.pk, after={"post": post})
    return made


@transaction.atomic
def unseat(*, by: User, member: Member) -> None:
    live(member.board)
    if Member.objects.filter(pk=member.pk, until=None).update(until=today()):
        record(by=by.label, verb="unseated", target="project board", target_id=member.board_id, after={"post": member.post})


def call(*, by: User, board: ProjectBoard, day: date) -> Sitting:
    """Raises H-DESK-77 where the board meets on that day already."""
    try:
        with transaction.atomic():
            made = Sitting.objects.create(board=live(board), day=day, by=by.label)
            record(by=by.label, verb="called", target="project board", target_id=board.pk, after={"day": str(day)})
    except IntegrityError as fault:
        raise HeadwayError("H-DESK-77", "The board meets on that day already.", remedy="Open that meeting.") from fault
    return made


@transaction.atomic
def send_papers(*, by: User, sitting: Sitting, day: date) -> None:
    live(sitting.board)
    if Sitting.objects.filter(pk=sitting.pk, papers_sent=None).update(papers_sent=day):
        record(by=by.label, verb="sent papers", target="project board", target_id=sitting.board_id, after={"day": str(day)})


@transaction.atomic
def minute(*, by: User, sitting: Sitting, present: str, minutes: str, held: bool, exit_criteria: str) -> None:
    """Keep the minutes; called held, the meeting stands. Raises H-DESK-79 for a first meeting without exit criteria."""
    board = live(sitting.board)
    fresh = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if fresh.held:
        raise HeadwayError("H-DESK-78", "The minutes stand: the meeting was called held.", remedy="Put a correction into the next minutes.")
    earlier = list(board.sittings.filter(held=True).values_list("day", flat=True))
    faults = rules.faults_of_sitting(earlier, exit_criteria, held, minutes, fresh.day, today())
    if faults:
        raise HeadwayError("H-DESK-79", "The minutes cannot be kept like this.", " ".join(faults.values()))
    fresh.present, fresh.minutes, fresh.held = present, minutes, held
    fresh.save(update_fields=["present", "minutes", "held"])
    if exit_criteria != board.exit_criteria:
        board.exit_criteria = exit_criteria
        board.save(update_fields=["exit_criteria"])
    record(by=by.label, verb="minuted", target="project board", target_id=board.pk, after={"day": str(fresh.day), "held": held})


@transaction.atomic
def ask(*, by: User, sitting: Sitting, what: str, owner: str, due: date) -> BoardAction:
    live(sitting.board)
    made = BoardAction.objects.create(sitting=sitting, what=what, owner=owner, due=due, by=by.label)
    record(by=by.label, verb="asked", target="board action", target_id=made.pk, after={"due": str(due)})
    return made


@transaction.atomic
def answer(*, by: User, action: BoardAction, outcome: str) -> None:
    live(action.sitting.board)
    if BoardAction.objects.filter(pk=action.pk, closed=None).update(closed=today(), outcome=outcome):
        record(by=by.label, verb="closed", target="board action", target_id=action.pk)


@transaction.atomic
def end(*, by: User, board: ProjectBoard, report: str) -> None:
    """The exit report ends the board. One that has ended stays as it is."""
    if ProjectBoard.objects.filter(pk=board.pk, closed=None).update(closed=today(), exit_report=report):
        record(by=by.label, verb="ended", target="project board", target_id=board.pk)
