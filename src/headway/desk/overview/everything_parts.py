"""What belongs to a school, who may take it away, and what is sealed in it. A test finds the kind of thing that is in neither list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from headway.desk.accounts.permissions import Permission
from headway.desk.attendance.queries import SEALED as OF_A_PUPIL
from headway.desk.engagements.convening import MINUTES
from headway.desk.engagements.queries import DETAILS
from headway.desk.engagements.queries import NOTE as ENGAGEMENT_NOTE
from headway.desk.interests.queries import SEALED as INTEREST
from headway.desk.tiers.queries import LINE
from headway.desk.visits.queries import NOTE

P = Permission


@dataclass(frozen=True)
class Part:
    """`needs`: to have the rows at all. `sealed`: field → the purpose under which it is sealed, where `only_if` says so of a row; `opens`:
    to read what is sealed. `never`: fields that leave the desk for nobody."""

    needs: Permission
    opens: Permission | None = None
    sealed: Mapping[str, str] = field(default_factory=dict)
    only_if: Callable[[Any], bool] | None = None
    never: frozenset[str] = frozenset()


def _restricted(row: Any) -> bool:
    return bool(row.restricted)


def _of(needs: Permission, app: str, *kinds: str) -> dict[str, Part]:
    return {f"{app}.{kind}": Part(needs) for kind in kinds}


ONCE = frozenset({"once"})  # which press of a button a row came from
PARTS: dict[str, Part] = {
    **_of(P.SEE_SUPPORT, "contacts", "Contact"),
    **_of(P.SEE_TIERS, "tiers", "Evidence", "Item", "Opinion", "Outcome", "TierDecision", "Review", "Reply", "Appeal"),
    "tiers.Return": Part(P.SEE_TIERS, P.SEE_RESTRICTED, {"line": LINE}, _restricted, ONCE),
    **_of(P.SEE_TIERS, "self_evaluation", "SelfEvaluation", "Said", "Validation"),
    **_of(P.SEE_SUPPORT, "visits", "Visit", "SchoolPassage", "Answer", "FollowUp"),
    "visits.Passage": Part(P.WRITE_SUPPORT, P.SEE_RESTRICTED, {"text": NOTE}, _restricted),
    "visits.Call": Part(P.WRITE_SUPPORT, P.SEE_RESTRICTED, {"said": NOTE}, _restricted, ONCE),
    **_of(P.WRITE_SUPPORT, "entitlements", "Order", "Use", "Happening", "Named"),
    **_of(P.SEE_ENGAGEMENTS, "engagements", "Engagement", "Turn", "Aim", "Direction", "Check", "Allocation", "Step", "Entry", "Note"),
    **_of(P.SEE_ENGAGEMENTS, "engagements", "Following", "LadderAction"),
    "engagements.NoteVersion": Part(P.SEE_ENGAGEMENTS, P.SEE_RESTRICTED, {"text": ENGAGEMENT_NOTE}, lambda row: bool(row.note.restricted)),
    "engagements.Concern": Part(P.SEE_ENGAGEMENTS, P.SEE_RESTRICTED, {"details": DETAILS}),
    **_of(P.HOLD_CONCERN_MEETINGS, "engagements", "Item"),
    "engagements.Minute": Part(P.HOLD_CONCERN_MEETINGS, P.HOLD_CONCERN_MEETINGS, {"text": MINUTES}),
    "engagements.NoticeReply": Part(P.SEE_ENGAGEMENTS, never=ONCE),
    "interests.Interest": Part(P.PLAN_SUPPORT, P.PLAN_SUPPORT, {"sealed": INTEREST}),
    **_of(P.SEE_SUPPORT, "plans", "Plan", "Objective", "Point", "Action", "Review", "Progress"),
    **_of(P.SEE_ENGAGEMENTS, "plans", "ProjectBoard", "Member", "Sitting", "BoardAction"),
    **_of(P.SEE_ENGAGEMENTS, "duties", "Return", "Answers"),
    **_of(P.BRING_IN, "day_one", "Category"),
    **_of(P.SEE_SUPPORT, "networks", "Membership", "Review", "Promise"),
    **_of(P.SEE_LEARNING, "learning", "Evaluation", "TakeUp"),
    "learning.Booking": Part(P.SEE_LEARNING, never=ONCE | {"sealed_name"}),
    **_of(P.SEE_SUPPORT, "evidence_library", "Adoption"),
    **_of(P.SEE_ATTENDANCE, "attendance", "Lead", "Official", "Meeting", "Agreed"),
    **{
        f"attendance.{kind}": Part(P.SEE_PUPILS, P.SEE_PUPILS, dict.fromkeys(names, OF_A_PUPIL))
        for kind, names in {
            "Plan": (), "Entry": ("sealed",), "Cleared": ("sealed",), "Consideration": (), "Notice": ("parent_sealed",), "Period": (),
            "Return": ("sealed",), "Step": ("sealed",), "SharedPupil": (), "RightAsked": ("sealed", "reason"),
            "Missing": ("sealed", "where", "who"), "Enquiry": ("sealed",),
        }.items()
    },
    **_of(P.BROKER, "brokerage", "Provider", "Offer", "Need", "Match", "Conflict", "Deployment", "DayGiven", "ShortReview"),
}  # fmt: skip
LEFT_OUT = {
    "networks.Finding": "what schools find in one another is theirs",
    "visits.Draft": "what somebody is writing is theirs until they keep it",
    "engagements.NoteDraft": "what somebody is writing is theirs until they keep it",
    "engagements.Watch": "whom somebody keeps an eye on is their own list",
    "tiers.Presence": "who was at a meeting stands with the meeting",
    "glass.Breaking": "who read restricted notes in an emergency stands in the register of the data protection officer, with the reason",
}
