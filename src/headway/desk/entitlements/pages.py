"""What the pages of the ledger hold: every open school's ledger, kept until something changes; lines to narrow; totals by tier and item."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from headway.definitions.entitlements import Entitlement
from headway.desk.accounts.models import User
from headway.desk.accounts.queries import patch_of
from headway.desk.entitlements import money, queries, rules
from headway.desk.entitlements.models import Order, OrderState, Use, UseState
from headway.desk.entitlements.queries import Ledger
from headway.desk.entitlements.rules import Owed, State
from headway.desk.establishments.models import Establishment
from headway.desk.framing.keeping import until_written
from headway.language.values import plain
from headway.readings.answers import Establishment as Facts
from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.vocabulary.number import tenths

NO_TIER = "No tier decided"
COUNTED = (State.DUE, State.OVERDUE, State.BOOKED, State.DELIVERED, State.WAIVED)


@dataclass(frozen=True)
class Held:
    """Every open school of the area with its ledger, facts and named adviser, as of one day."""

    today: date
    schools: dict[int, Establishment]
    ledgers: dict[int, Ledger]
    facts: dict[int, Facts]
    named: dict[int, User]
    entitlement: Entitlement


def held(door: Door, today: date) -> Held:
    """Kept until anything is written in the desk; then found out anew of those schools for which it made a difference."""
    kept: Held = until_written(door, today, "entitlements", lambda: _held(door, today))
    return kept


def _held(door: Door, today: date) -> Held:
    before: Held | None = door.kept.get("entitlements")
    facts = {one.urn: one for code, _ in door.published.areas for one in establishments(door, code)} if door.facts else {}
    routes = queries.schemes(door)[0].routes  # an independent school is nobody's to support
    listed = Establishment.objects.filter(listed=True, status="open")
    schools = {one.pk: one for one in listed if one.pk not in facts or facts[one.pk].governance in routes}
    ledgers = queries.ledgers(door, schools.values(), today, before=before.ledgers if before else None)
    found = Held(today, schools, ledgers, facts, queries.named_now(), queries.entitlement_of(door))
    door.kept["entitlements"] = found
    return found


def run_by(facts: Facts | None) -> str:
    if facts is None:
        return money.OTHER
    return facts.governance if facts.governance in (money.MAINTAINED, money.ACADEMY) else money.OTHER


@dataclass(frozen=True)
class Row:
    """One line of one school's ledger, for a list of many schools."""

    school: Establishment
    tier: str  # of the school now, by its title
    line: Owed
    title: str
    adviser: User | None


def rows(door: Door, kept: Held, user: User) -> list[Row]:
    """Every line of the schools that a person works with, the earliest due first."""
    patch, titled, tiers = patch_of(user), queries.titles(door), queries.tier_titles(door)
    found = [
        Row(school, tiers.get(kept.ledgers[urn].tier, NO_TIER), line, title_of(line, titled), kept.named.get(urn))
        for urn, school in kept.schools.items()
        if patch is None or urn in patch
        for line in kept.ledgers[urn].lines
        if line.state not in (State.STANDING, State.REPLACED, State.LATER)
    ]
    return sorted(found, key=lambda row: (row.line.due, row.school.name))


def title_of(line: Owed, titled: Any) -> str:
    if line.item:
        return str(titled.get(line.item, plain(line.item).capitalize()))
    return "Beside what is owed"


@dataclass(frozen=True)
class Counts:
    """How the lines of a tier or an item stand, with the adviser days given and still owed."""

    name: str
    title: str
    schools: int
    states: dict[str, int]
    given: float
    owed: float


def by_tier(door: Door, kept: Held, user: User) -> list[Counts]:
    """A line for each tier that has schools of this person's, from the heaviest down to those without."""
    patch, tiers = patch_of(user), queries.tier_titles(door)
    groups: dict[str, list[Ledger]] = {}
    for urn, one in kept.ledgers.items():
        if patch is None or urn in patch:
            groups.setdefault(one.tier, []).append(one)
    order = [name for name in [*reversed(tiers), ""] if name in groups]
    return [counts(name, tiers.get(name, NO_TIER), groups[name]) for name in order]


def counts(name: str, title: str, ledgers: Iterable[Ledger]) -> Counts:
    listed = list(ledgers)
    states = Counter(line.state.value for one in listed for line in one.lines)
    return Counts(name, title, len(listed), states, sum(one.days_given for one in listed), sum(one.days_owed for one in listed))


def by_item(listed: Iterable[Row]) -> list[tuple[str, str, Counter[str]]]:
    """(item, title, how many stand how), the one with most overdue first."""
    groups: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for row in listed:
        groups.setdefault(row.line.item, Counter())[row.line.state.value] += 1
        names[row.line.item] = row.title
    order = sorted(groups, key=lambda item: (-groups[item][State.OVERDUE.value], -groups[item][State.DUE.value], names[item]))
    return [(item, names[item], groups[item]) for item in order]


def narrowed(listed: list[Row], given: dict[str, str]) -> list[Row]:
    """The lines that fit: text, item, state, tier, phase, who is named."""
    text, tests = given["text"].lower(), {"item": lambda row: row.line.item, "state": lambda row: row.line.state.value,
                                          "tier": lambda row: row.tier, "phase": lambda row: row.school.phase,
                                          "adviser": lambda row: str(row.adviser.pk) if row.adviser else "nobody"}  # fmt: skip
    return [
        row for row in listed
        if (not text or text in f"{row.school.name} {row.school.pk}".lower())
        and all(not given[name] or of(row) == given[name] for name, of in tests.items())
    ]  # fmt: skip


def spent(door: Door, kept: Held, year: money.FinancialYear) -> list[money.Spent]:
    """What each school had in a financial year and is still owed in it, and what it bought."""
    given: dict[int, Decimal] = {}
    tiers: dict[int, str] = {urn: one.tier for urn, one in kept.ledgers.items()}
    done = Use.objects.filter(state=UseState.DELIVERED, day__range=(year.first, year.last), order=None)
    for urn, days in done.values_list("school_id", "days"):
        given[urn] = given.get(urn, Decimal(0)) + days
    sold: dict[int, float] = {}
    bought = Order.objects.filter(state__in=(OrderState.AGREED, OrderState.DONE), asked__range=(year.first, year.last))
    for urn, units, pounds in bought.values_list("school_id", "units", "pounds"):
        sold[urn] = sold.get(urn, 0.0) + float(units * pounds)
    ahead = {
        urn: sum(line.days for line in one.lines if line.to_do and year.holds(max(line.due, kept.today)))
        for urn, one in kept.ledgers.items()
    }
    return [
        money.Spent(urn, school.name, school.phase, run_by(kept.facts.get(urn)), tiers.get(urn, ""), _pupils(kept.facts.get(urn)),
                    float(given.get(urn, 0)), ahead.get(urn, 0.0), sold.get(urn, 0.0))
        for urn, school in kept.schools.items()
    ]  # fmt: skip


def _pupils(facts: Facts | None) -> int | None:
    return facts.pupils if facts else None


@dataclass(frozen=True)
class Workload:
    """One adviser's year: the schools they are named for, the days owed to those, given, booked, and the days they have."""

    adviser: User
    schools: int
    owed: float  # still to be given
    given: float
    overdue: int
    days: float | None  # of the diary; None where none is kept
    tiers: Counter[str]

    @property
    def free(self) -> float | None:
        """What is left when all that is owed is given; below 0: too little."""
        return None if self.days is None else self.days - self.given - self.owed


def workloads(door: Door, kept: Held) -> tuple[list[Workload], float]:
    """Each adviser with schools or a diary, by name; and the days owed to schools that nobody is named for."""
    year, tiers = queries.year_of(door, kept.today), queries.tier_titles(door)
    diaries = queries.diaries(year.name)
    mine: dict[int, list[Ledger]] = {}
    people = {one.adviser_id: one.adviser for one in diaries.values()}
    for urn, who in kept.named.items():
        if urn in kept.ledgers:
            people[who.pk] = who
            mine.setdefault(who.pk, []).append(kept.ledgers[urn])
    loads = [_load(people[pk], mine.get(pk, []), diaries.get(pk), tiers) for pk in people if people[pk].is_active]
    nobodys = sum(one.days_owed for urn, one in kept.ledgers.items() if urn not in kept.named)
    return sorted(loads, key=lambda one: str(one.adviser)), nobodys


def _load(adviser: User, listed: list[Ledger], diary: Any, tiers: dict[str, str]) -> Workload:
    given = sum(one.days_given for one in listed)
    return Workload(
        adviser, len(listed), sum(one.days_owed for one in listed), given, sum(one.overdue for one in listed),
        float(diary.days) if diary else None, Counter(tiers.get(one.tier, NO_TIER) for one in listed),
    )  # fmt: skip


def owed_words(line: Owed, today: date) -> str:
    """How a line stands, in words: “Due 14 November 2025”, “Overdue by 12 days”, “Booked for 3 March, 4 days after its day”."""
    due = f"{line.due.day} {line.due:%B %Y}"
    if line.state is rules.State.OVERDUE and line.entry is None:
        late = (today - line.due).days
        return f"Overdue by {late} day{'' if late == 1 else 's'}, was due {due}"
    if line.entry is not None and line.state in (State.BOOKED, State.DELIVERED, State.OVERDUE):
        return _entry_words(line)
    if line.state is State.WAIVED:
        return f"Waived: {line.entry.because if line.entry else ''}"
    return {
        State.DUE: f"Due by {due}", State.STANDING: "In place", State.LATER: f"Later, about {due}",
        State.LAPSED: f"Was due {due}; not given before the tier ended",
        State.REPLACED: "Another is given in its place",
    }.get(line.state, due)  # fmt: skip


def brief_words(line: Owed, today: date) -> str:
    """The same for a crowded table: “40 days overdue”, “by 18 Dec”, “booked 3 Dec”."""
    late = (today - line.due).days
    if line.state is State.OVERDUE:
        return f"{late} day{'' if late == 1 else 's'} overdue"
    if line.entry is not None:
        return f"{line.state.value} {line.entry.day.day} {line.entry.day:%b}"
    return f"by {line.due.day} {line.due:%b}"


def _entry_words(line: Owed) -> str:
    assert line.entry is not None  # noqa: S101
    day = f"{line.entry.day.day} {line.entry.day:%B %Y}"
    late = (line.entry.day - line.due).days
    after = f", {late} day{'' if late == 1 else 's'} after its day" if late > 0 else ""
    if line.state is State.OVERDUE:
        return f"Was booked for {day}; nobody has said that it was held"
    return f"{'Booked for' if line.state is State.BOOKED else 'Delivered on'} {day}{after}"


def ledger_answer(tiers: list[Counts]) -> str:
    """“30 schools are owed 61.5 adviser days more this school year; 12.0 are given. Nine things are overdue, in …”"""
    schools, owed, given = sum(one.schools for one in tiers), sum(one.owed for one in tiers), sum(one.given for one in tiers)
    overdue = sum(one.states.get(State.OVERDUE.value, 0) for one in tiers)
    late = "Nothing is overdue." if not overdue else f"{overdue:,} {'thing is' if overdue == 1 else 'things are'} overdue."
    return f"{schools:,} schools have had {tenths(given)} adviser days this school year and are owed {tenths(owed)} more. {late}"


@dataclass(frozen=True)
class OfSchool:
    """One school's year on its page."""

    ledger: Ledger
    tier: str
    lines: list[tuple[Owed, str]]  # with its title
    standing: list[str]
    history: list[tuple[Owed, str]]  # lapsed and replaced
    named: Any
    happenings: list[Any]
    days_had: float
    answer: str


def of_school(door: Door, school: Establishment, today: date, year: Any, *, seen_by_school: bool) -> OfSchool:
    """`seen_by_school`: only what follows from a tier that the school has been told of."""
    found = queries.ledgers(door, [school], today, year, seen_only=seen_by_school)[school.pk]
    titled, tier = queries.titles(door), queries.tier_titles(door).get(found.tier, "")
    listed = [(line, title_of(line, titled)) for line in found.lines]
    to_show = [(line, title) for line, title in listed if line.state not in (State.STANDING, State.LAPSED, State.REPLACED)]
    named = queries.named_now([school.pk]).get(school.pk)
    happened = list(school.happenings.filter(withdrawn=False))
    return OfSchool(
        found, tier, to_show, sorted({title for line, title in listed if line.state is State.STANDING}),
        [(line, title) for line, title in listed if line.state in (State.LAPSED, State.REPLACED)], named, happened,
        found.days_given, school_answer(found, tier, titled, today),
    )  # fmt: skip


def school_answer(found: Ledger, tier: str, titled: Any, today: date) -> str:
    """“In light touch since 6 October 2025. Next: initial visit, due by 24 October. Two things are overdue.”"""
    first = (
        f"{tier} since {found.since.day} {found.since:%B %Y}."
        if tier and found.since
        else "No tier is decided: what every school is given is below."
    )
    line = found.next_due
    if line is None:
        return f"{first} Nothing is still to come this school year."
    late = f" {found.overdue} {'thing is' if found.overdue == 1 else 'things are'} overdue." if found.overdue else ""
    words = owed_words(line, today)
    return f"{first} Next: {title_of(line, titled)[:1].lower()}{title_of(line, titled)[1:]} ({words[:1].lower()}{words[1:]}).{late}"


def pounds(value: float | None, pence: bool = False) -> str:
    """“£104,125”; a dash where no cost is set."""
    if value is None:
        return "–"
    return f"£{value:,.2f}" if pence else f"£{value:,.0f}"


def cost_answer(everything: money.Total, year: money.FinancialYear, today: date) -> str:
    """“In the financial year 2025–26 so far schools have had 41.5 adviser days. They cost £18,675: £1.42 for each pupil. …”"""
    so_far = " so far" if year.holds(today) else ""
    said = [f"In the financial year {year.name}{so_far} schools have had {tenths(everything.given)} adviser days."]
    if everything.cost is not None:
        each = f": {pounds(everything.per_pupil, pence=True)} for each pupil" if everything.per_pupil is not None else ""
        said.append(f"They cost {pounds(everything.cost)}{each}.")
    if everything.owed and year.last >= today:
        said.append(f"{tenths(everything.owed)} more are owed before it ends.")
    return " ".join(said)


def days_answer(loads: list[Workload], nobodys: float) -> str:
    """“Advisers owe schools 61.5 days more this school year and have 74.0 left. …”"""
    owed, kept = sum(one.owed for one in loads), [one for one in loads if one.days is not None]
    said = f"Advisers owe their schools {tenths(owed)} days more this school year."
    if kept:
        left = sum((one.days or 0) - one.given for one in kept)
        over = [str(one.adviser) for one in kept if (one.free or 0) < 0]
        said += f" Those whose diaries are kept have {tenths(left)} days left."
        said += f" {', '.join(over)} {'has' if len(over) == 1 else 'have'} too few." if over else ""
    return f"{said} {tenths(nobodys)} days are owed to schools that nobody is named for." if nobodys else said


def place_of(facts: dict[int, Facts], text: str) -> tuple[float, float] | None:
    """Where a school lies, by its URN or by a name that only one has; None where that is not known."""
    wanted = text.strip().lower()
    found = [one for one in facts.values() if wanted and (wanted == str(one.urn) or (not wanted.isdigit() and wanted in one.name.lower()))]
    if len(found) != 1 or found[0].latitude is None or found[0].longitude is None:
        return None
    return found[0].latitude, found[0].longitude
