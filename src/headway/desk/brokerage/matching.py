"""Offers beside needs: how well each pair fits, line by line; and the whole round at once, proven, with what was held by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from headway.desk.brokerage import queries, rules
from headway.desk.brokerage.models import Need, Offer, OfferState
from headway.desk.brokerage.standing import tiers
from headway.desk.framing.pages import area_of
from headway.language.brokerage import found_sentence, judged_sentence
from headway.readings.answers import Establishment
from headway.readings.door import Door
from headway.readings.establishment import establishment
from headway.readings.selective import selective_schools
from headway.readings.strengths import Suggestions, apart, suggestions
from headway.stats.assignment import HeldTooMuch, Problem, Round, lots, problem, solve
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    """One offer for one need."""

    offer: Offer
    pair: rules.Pair
    lines: tuple[rules.Line, ...]
    barred: tuple[str, ...]
    cost: int

    @property
    def told(self) -> list[dict[str, str]]:
        """The lines as they are kept with a match."""
        return [{"word": one.word, "text": one.text, "way": one.way} for one in self.lines]


class Register:
    """Everything that pairs depend on, read once for a page. `as_of` is the day whose figures and inspections speak of strength."""

    def __init__(self, door: Door, offers: Iterable[Offer] | None = None, as_of: date | None = None) -> None:
        self.door, self.day = door, clock.today()
        on_register = Offer.objects.filter(state=OfferState.CONFIRMED, provider__withdrawn=None)
        self.offers = list(offers if offers is not None else on_register.select_related("provider", "provider__school"))
        self.promised = queries.promised(one.pk for one in self.offers)
        self.helping = queries.helping({one.provider_id for one in self.offers})
        self.conflicts, self.links, self.declined = queries.conflicts(self.day), queries.past_links(), queries.declined()
        self.tiers = tiers(door, [one.provider.school_id for one in self.offers if one.provider.school_id])
        self.found: Suggestions | None = suggestions(door, area_of(door)[0], as_of) if door.facts is not None else None
        self.selective = selective_schools(door) if door.facts is not None else frozenset[int]()
        self.schools: dict[int, Establishment | None] = {}

    def suggestion(self, need: Need, offer: Offer) -> Suggestion:
        pair = self.pair(need, offer)
        return Suggestion(offer, pair, rules.reasons(pair), rules.barred(pair), rules.cost(pair))

    def possible(self, need: Need, offer: Offer) -> Suggestion | None:
        """As `suggestion`; None for one that is barred, whose reasons nobody asks for: most of a whole round are."""
        pair = self.pair(need, offer)
        return None if rules.barred(pair) else Suggestion(offer, pair, rules.reasons(pair), (), rules.cost(pair))

    def pair(self, need: Need, offer: Offer) -> rules.Pair:
        provider, urn = offer.provider, offer.provider.school_id
        own, their = self._school(need.school_id), self._school(urn)
        far = apart(self.door, need.school_id, urn) if urn and self.door.facts is not None else None
        gives = provider.kind == "school"
        completed, stopped = self.links.get((provider.pk, need.school_id), (0, False))
        figures, judged = self.evidence(urn, need.area) if gives and urn else ((), ())
        return rules.Pair(
            area_fits=need.area in offer.areas,
            phase_fits=not own or own.phase in offer.phases,
            days_wanted=need.days,
            days_left=offer.days - self.promised.get(offer.pk, 0),
            starts=offer.starts,
            ends=offer.ends,
            today=self.day,
            helping=self.helping.get(provider.pk, 0),
            most=provider.most,
            confirmed=offer.state == OfferState.CONFIRMED,
            withdrawn=provider.withdrawn is not None,
            itself=gives and urn == need.school_id,
            same_trust=bool(provider.trust) and provider.trust == need.school.trust,
            tier=self.tiers.get(urn, "") if gives and urn else "",
            conflict=self.conflicts.get((provider.pk, need.school_id), ""),
            stopped=stopped,
            declined=(need.pk, provider.pk) in self.declined,
            completed=completed,
            kilometres=far.kilometres if far else None,
            intake=far.word if far and gives else "",
            faith=(_faith(own), _faith(their)) if gives else ("", ""),
            chooses=(need.school_id in self.selective, urn in self.selective) if gives else (False, False),
            figures=figures,
            judged=judged,
            price=offer.price,
        )

    def evidence(self, urn: int, area: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What figures and inspection say of a school's strength in an area of support."""
        if self.found is None:
            return (), ()
        figures, judged = self.found.of(urn, strong=True)
        return (
            tuple(found_sentence(one) for one in figures if one.area == area),
            tuple(judged_sentence(one) for one in judged if one.area == area),
        )

    def ranked(self, need: Need) -> list[Suggestion]:
        """Those that can be, the best fit first; equal ones by lot."""
        made = [self.suggestion(need, offer) for offer in self.offers]
        drawn = lots([need.pk] * len(made), [one.offer.pk for one in made])
        order = sorted(zip(made, drawn.tolist(), strict=True), key=lambda one: (one[0].cost, one[1]))
        return [one for one, _ in order if not one.barred]

    def _school(self, urn: int | None) -> Establishment | None:
        if urn is None or self.door.facts is None:
            return None
        if urn not in self.schools:
            try:
                self.schools[urn] = establishment(self.door, urn)
            except HeadwayError:
                self.schools[urn] = None
        return self.schools[urn]


def _faith(school: Establishment | None) -> str:
    character = school.religious_character if school else ""
    return "" if character in ("", "None", "Does not apply", "Not applicable") else character


@dataclass(frozen=True, eq=False)
class Whole:
    """The whole round: each need with the offer that it gets, or why it gets none; and what one edit by hand would do to the address."""

    needs: list[Need]
    pairs: list[tuple[int, Suggestion]]  # (place of the need, suggestion) of every pair that may be
    round: Round | None
    fault: str = ""
    _of: dict[int, list[Suggestion]] = field(default_factory=dict, init=False)

    def may(self, place: int) -> list[Suggestion]:
        """Of one need, by its place: all who may help."""
        if not self._of:
            for at, one in self.pairs:
                self._of.setdefault(at, []).append(one)
        return self._of.get(place, [])

    @property
    def got(self) -> dict[int, Suggestion]:
        """Need → what it gets."""
        return {self.needs[place].pk: one for place, one in (self.pairs[at] for at in self.round.chosen)} if self.round else {}

    @property
    def unmet(self) -> dict[int, str]:
        """Need → why it gets nothing, in words."""
        return {self.needs[one.need].pk: _why(self, one) for one in self.round.shortages} if self.round else {}


def whole(
    register: Register, needs: list[Need], held: frozenset[tuple[int, int]], out: frozenset[tuple[int, int]], fair: bool
) -> Whole:  # fmt: skip
    """The best round of these needs with pairs (need, offer) held in it or kept out of it."""
    pairs = [
        (place, one)
        for place, need in enumerate(needs)
        for one in (register.possible(need, offer) for offer in register.offers)
        if one is not None
    ]
    keys = {(needs[place].pk, one.offer.pk): at for at, (place, one) in enumerate(pairs)}
    gone = [key for key in held if key not in keys]
    fault = "A pair that was held can no longer be, and was let go." if gone else ""
    try:
        found = _solved(
            _problem(register, needs, pairs), [keys[key] for key in held if key in keys], [keys[key] for key in out if key in keys],
            rules.BAND if fair else 0,
        )  # fmt: skip
    except HeldTooMuch as error:
        return Whole(needs, pairs, None, _too_much(error, register, needs))
    return Whole(needs, pairs, found, fault)


_unedited: dict[bytes, Round] = {}  # the last few rounds without an edit by hand, by all that they depend on
KEPT = 8


def _solved(asked: Problem, held: list[int], barred: list[int], band: int) -> Round:
    """An edit is solved from the round without any, where that was asked for before: sooner, and the same round, as lots decide ties."""
    key = sha256(b"".join(one.tobytes() + b"|" for one in vars(asked).values()) + str(band).encode()).digest()
    found = solve(asked, held=held, barred=barred, band=band, near=_unedited.get(key))
    if not held and not barred and found.optimal:
        while len(_unedited) >= KEPT:
            _unedited.pop(next(iter(_unedited), b""), None)
        _unedited[key] = found
    return found


def _problem(register: Register, needs: list[Need], pairs: list[tuple[int, Suggestion]]) -> Problem:
    """An offer has its days; a provider, as a team of its offers, its limit of schools at a time."""
    offers = {offer.pk: place for place, offer in enumerate(register.offers)}
    providers = sorted({offer.provider_id for offer in register.offers})
    limits = {offer.provider_id: offer.provider.most - register.helping.get(offer.provider_id, 0) for offer in register.offers}
    return problem(
        need=[place for place, _ in pairs], provider=[offers[one.offer.pk] for _, one in pairs], cost=[one.cost for _, one in pairs],
        days=[need.days for need in needs], weight=[need.urgency for need in needs],
        capacity=[max(0, offer.days - register.promised.get(offer.pk, 0)) for offer in register.offers],
        team=[providers.index(offer.provider_id) for offer in register.offers],
        team_most=[max(0, limits[one]) for one in providers],
        lot=lots([needs[place].pk for place, _ in pairs], [one.offer.pk for _, one in pairs]),
    )  # fmt: skip


def _why(found: Whole, short: object) -> str:
    """The cause of an unmet need."""
    from headway.language.brokerage import shortage_sentence

    return shortage_sentence(short, [need.school.name for need in found.needs])


def _too_much(error: HeldTooMuch, register: Register, needs: list[Need]) -> str:
    asked = [needs[place].school.name for place in error.needs]
    offers = [register.offers[place].provider.name for place in error.providers]
    teams = sorted({offer.provider_id: offer.provider.name for offer in register.offers}.items())
    over = offers + [teams[place][1] for place in error.teams]
    parts = [f"{', '.join(asked)} would be helped twice" for _ in asked[:1]]
    parts += [f"{', '.join(sorted(set(over)))} would give more than there is" for _ in over[:1]]
    return f"What is held by hand cannot be: {'; '.join(parts) or 'a pair is both held and left out'}. Let one of them go."
