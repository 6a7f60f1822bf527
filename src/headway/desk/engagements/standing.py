"""Whether something may be written into an engagement as it stands now."""

from headway.desk.engagements import rules
from headway.desk.engagements.models import Engagement, State
from headway.desk.engagements.queries import LIVE
from headway.vocabulary.errors import HeadwayError


def live(engagement: Engagement) -> Engagement:
    """The engagement as it is now, locked. Raises H-DESK-72 where it is paused, stopped or closed."""
    fresh = Engagement.objects.select_for_update().select_related("school").get(pk=engagement.pk)
    if rules.frozen(fresh.state):
        raise HeadwayError(
            "H-DESK-72", f"This engagement is {State(fresh.state).label}: nothing is written into it.",
            "It keeps what it held.", "Go on with it first; what you typed is still on your page.",
        )  # fmt: skip
    return fresh


def live_twin(urn: int, programme: str, besides: int | None = None) -> Engagement | None:
    return Engagement.objects.filter(school_id=urn, programme=programme, state__in=LIVE).exclude(pk=besides).first()


def taken_already() -> HeadwayError:
    return HeadwayError(
        "H-DESK-71", "The school has an open engagement of this programme.", "There is one at a time, so that nobody works past another.",
        "Open that one, or close it first.",
    )  # fmt: skip
