"""What of all that is held about a school its head and governors take away: column by column, as their pages show it. A test finds the kind
of thing that is in neither list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from headway.desk.accounts.permissions import Permission
from headway.desk.attendance.models import MeetingState
from headway.desk.engagements.models import Standing
from headway.desk.tiers.rules import SEEN_BY_SCHOOL
from headway.desk.visits.models import Owner
from headway.desk.visits.queries import OPEN_TO_SCHOOL

P = Permission


@dataclass(frozen=True)
class Ours:
    """`columns`: what is taken of a row, nothing else. `only`: which rows a school sees. `needs`: who of the school has it."""

    columns: tuple[str, ...]
    only: Q = field(default_factory=Q)
    needs: Permission = P.SEE_SUPPORT


def _ours(columns: str, only: Q | None = None, needs: Permission = P.SEE_SUPPORT) -> Ours:
    return Ours(tuple(columns.split()), only or Q(), needs)


_TOLD, _TOLD_OF = Q(state__in=SEEN_BY_SCHOOL), Q(decision__state__in=SEEN_BY_SCHOOL)
_SHARED = Q(visit__state__in=OPEN_TO_SCHOOL)
_NOTICE = Q(standing__in=(Standing.ISSUED, Standing.ENDED), ladder="maintained")
OURS: Mapping[str, Ours] = {
    "tiers.TierDecision": _ours("tier scheme since reason way_out adviser__name adviser_phone told written reply_by", _TOLD),
    "tiers.Reply": _ours("decision__tier wish text at answer answered", _TOLD_OF),
    "tiers.Appeal": _ours("decision__tier grounds at tier answer answered", _TOLD_OF),
    "tiers.Review": _ours("day colour sources line"),
    "tiers.Return": _ours("service kind clear line on expires", Q(restricted=False, archived=None)),
    "self_evaluation.SelfEvaluation": _ours("year scheme tier summary sent", ~Q(sent=None)),
    "self_evaluation.Said": _ours("evaluation__year criterion rating text at", ~Q(evaluation__sent=None)),
    "self_evaluation.Validation": _ours("evaluation__year criterion rating line at", ~Q(evaluation__sent=None)),
    "visits.Visit": _ours("pk kind purpose adviser__name day begins state changed_because shared answer_by agreed"),
    "visits.SchoolPassage": _ours("visit heading text at"),
    "visits.Passage": _ours("visit heading text at", _SHARED & Q(restricted=False)),
    "visits.Answer": _ours("visit accurate comment at"),
    "visits.Call": _ours("at spoke_to"),
    "visits.FollowUp": _ours("what owner keeper__name due closed outcome",
                             Q(call__isnull=False, owner=Owner.SCHOOL) | _SHARED),
    "entitlements.Happening": _ours("kind since until because ended_because", Q(withdrawn=False)),
    "entitlements.Named": _ours("adviser__name since until"),
    "entitlements.Order": _ours("offer__title units pounds days wish state asked"),
    "engagements.Engagement": _ours("pk title route entered state"),
    "engagements.Aim": _ours("engagement aim point because at"),
    "engagements.Direction": _ours("engagement way rationale day"),
    "engagements.Allocation": _ours("engagement adviser__name since until"),
    "engagements.LadderAction": _ours("pk definition parts issued due ended outcome", _NOTICE),
    "engagements.NoticeReply": _ours("action text at answer answered"),
    "plans.Plan": _ours("pk title programme_tier begins ends closed closed_because"),
    "plans.Objective": _ours("pk plan area title success measure start aim withdrawn withdrawn_because"),
    "plans.Point": _ours("objective term due value"),
    "plans.Action": _ours("objective what owner due done evidence"),
    "plans.Review": _ours("pk plan day reviewer overall next_day outside_because"),
    "plans.Progress": _ours("review objective rag narrative"),
    "plans.ProjectBoard": _ours("pk opened exit_criteria closed exit_report"),
    "plans.Member": _ours("board post name since until"),
    "plans.Sitting": _ours("pk board day papers_sent held present minutes"),
    "plans.BoardAction": _ours("sitting what owner due closed outcome"),
    "duties.Return": _ours("pk form year due sent looked_at word"),
    "duties.Answers": _ours("of lines at"),
    "networks.Membership": _ours("network__name since until because"),
    "networks.Promise": _ours("network__name what due closed outcome"),
    "learning.TakeUp": _ours("offer__title offer__partner__name state day pupils said", needs=P.SEE_LEARNING),
    "learning.Booking": _ours("session__programme__title session__day state price came", needs=P.SEE_LEARNING),
    "evidence_library.Adoption": _ours("practice__title since until"),
    "attendance.Lead": _ours("at champion lead", needs=P.SEE_ATTENDANCE),
    "attendance.Meeting": _ours("pk officer__name state offered day begins next_by", ~Q(state=MeetingState.OFFERED), P.SEE_ATTENDANCE),
    "attendance.Agreed": _ours("meeting what owner due closed outcome", needs=P.SEE_ATTENDANCE),
    "brokerage.Need": _ours("pk area urgency days context source measure state closed_because"),
    "brokerage.Offer": _ours("pk areas phases days starts ends price conditions state"),
}  # fmt: skip
_PUPILS = "about pupils: on the pages of attendance, for those who may see them"
_TEAM = "the adviser team’s own work; what came of it is told to the school"
_RULES = "the meeting’s own record; what was decided, and why, is above"
NOT_OURS: Mapping[str, str] = {
    **{f"attendance.{kind}": _PUPILS for kind in
       ("Plan", "Entry", "Cleared", "Consideration", "Notice", "Period", "Return", "Step", "SharedPupil", "RightAsked", "Missing",
        "Enquiry")},
    "attendance.Official": "what is expected of a school’s attendance stands on its page of attendance, with every factor",
    **{f"tiers.{kind}": _RULES for kind in ("Evidence", "Item", "Opinion", "Outcome", "Presence")},
    **{f"engagements.{kind}": _TEAM for kind in
       ("Check", "Concern", "Item", "Minute", "Note", "NoteVersion", "NoteDraft", "Step", "Entry", "Turn", "Watch", "Following")},
    "entitlements.Use": "what was had stands line by line in owed.csv",
    "visits.Draft": "what somebody is writing is theirs until they keep it",
    "contacts.Contact": "other people’s names and telephones",
    "interests.Interest": "other people’s interests",
    "learning.Evaluation": "what those who took part wrote is theirs",
    "networks.Review": "peer reviews stand with the network",
    "networks.Finding": "what schools find in one another is theirs",
    "glass.Breaking": "why sealed passages were opened in an emergency, by whom: the data protection officer looks at each use",
    "day_one.Category": "what was taken in from before, not yet decided",
    **{f"brokerage.{kind}": "of two schools: on the pages of help" for kind in
       ("Conflict", "DayGiven", "Deployment", "Match", "Provider", "ShortReview")},
}  # fmt: skip
