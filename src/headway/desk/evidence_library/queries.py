"""Read practices: what is published for everybody, what is on its way for those who work on it."""

from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.establishments.models import Establishment
from headway.desk.evidence_library.models import Adoption, Practice, State, Wording

P = Permission
TEXTS = ("problem", "did", "context", "costs", "pitfalls")


def team(user: User) -> bool:
    return bool(may(user, P.ADD_LEARNING))


def leads(user: User) -> bool:
    return bool(may(user, P.RUN_LEARNING))


def practices_for(user: User) -> "QuerySet[Practice]":
    """What is published for all; what is not, for the team and who proposed it."""
    found = Practice.objects.select_related("proposer").prefetch_related("sources", "adoptions__school")
    return found if team(user) else found.filter(Q(state=State.PUBLISHED) | Q(proposer=user))


def searched(found: "QuerySet[Practice]", text: str) -> "QuerySet[Practice]":
    """Those in whose title or newest wording every word of a text stands."""
    newest = Wording.objects.filter(practice=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = found.annotate(newest=Subquery(newest))
    for word in text.split()[:8]:
        among = Q(title__icontains=word)
        for name in TEXTS:
            among |= Q(**{f"wordings__{name}__icontains": word}, wordings__pk=F("newest"))
        found = found.filter(pk__in=found.filter(among).values("pk"))
    return found


def wording_of(practice: Practice) -> Wording | None:
    return practice.wordings.last()


def due(day: date) -> "QuerySet[Practice]":
    """Published ones that were to be looked at again by now."""
    return Practice.objects.filter(state=State.PUBLISHED, review_by__lt=day)


def own_schools(user: User) -> list[Establishment]:
    """The schools for which a person writes down that a practice was taken up."""
    if not may(user, P.ANSWER_FOR_SCHOOL):
        return []
    return list(Establishment.objects.filter(pk__in=patch_of(user) or (), status="open"))


def adopted_by(urns: list[int]) -> "QuerySet[Adoption]":
    """Published practices that some of these schools took up."""
    return Adoption.objects.filter(school_id__in=urns, practice__state=State.PUBLISHED).select_related("practice", "school")
