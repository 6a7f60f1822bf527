"""What a school does with others: its networks, places in sessions, partners' offers, practices it took up."""

from dataclasses import dataclass
from datetime import date

from headway.desk.evidence_library.models import Adoption
from headway.desk.learning.models import Booking, State, TakeUp, TakeUpState
from headway.desk.networks import queries as networks
from headway.desk.networks.models import Membership


@dataclass(frozen=True)
class Together:
    networks: tuple[Membership, ...]  # of which it is a member
    places: tuple[Booking, ...]  # to come; nobody's name is shown
    offers: tuple[TakeUp, ...]  # asked for or agreed
    practices: tuple[Adoption, ...]


def together(urn: int, today: date) -> Together:
    here = [one for one in networks.of_school(urn) if one.until is None and one.network.closed is None]
    coming = Booking.objects.filter(school_id=urn, session__day__gte=today, session__called_off="").exclude(state=State.WITHDRAWN)
    offers = TakeUp.objects.filter(school_id=urn, state__in=(TakeUpState.ASKED, TakeUpState.AGREED))
    practices = Adoption.objects.filter(school_id=urn, until=None, practice__state="published")
    places = coming.select_related("session__programme").order_by("session__day")
    return Together(
        tuple(here), tuple(places), tuple(offers.select_related("offer__partner")), tuple(practices.select_related("practice"))
    )  # fmt: skip
