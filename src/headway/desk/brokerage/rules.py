"""Who may help whom and how well they fit, how things move, and what help costs in which year. No database here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MOVES: dict[str, dict[str, frozenset[str]]] = {
    "offer": {"offered": frozenset({"confirmed", "withdrawn"}), "confirmed": frozenset({"withdrawn"}), "withdrawn": frozenset()},
    "need": {
        "open": frozenset({"placed", "met", "withdrawn"}), "placed": frozenset({"open", "met"}),
        "met": frozenset(), "withdrawn": frozenset(),
    },
    "match": {
        "asked": frozenset({"agreed", "declined", "lapsed"}), "agreed": frozenset(), "declined": frozenset(), "lapsed": frozenset(),
    },
    "deployment": {"running": frozenset({"completed", "stopped"}), "completed": frozenset(), "stopped": frozenset()},
}  # fmt: skip
UNSAFE_TIERS = ("focus", "intensive")  # a school in these needs its strength at home
REACH = 60.0  # kilometres by road beyond which nobody is sent
UNKNOWN_DISTANCE = 300  # tenths of a kilometre: what is not known counts as 30 km
UNLIKE = {"similar": 0, "less": 50, "not": 100, "": 50}
UNPROVEN, STRANGERS = 80, 10
BAND = 50  # tenths of a kilometre in which the worst off are compared


def may_move(noun: str, state: str, to: str) -> bool:
    return to in MOVES[noun][state]


@dataclass(frozen=True)
class Pair:
    """One need and one offer, with everything on which it depends whether they fit."""

    area_fits: bool
    phase_fits: bool
    days_wanted: int
    days_left: int
    starts: date
    ends: date | None
    today: date
    helping: int  # schools that the provider helps now, or is asked to
    most: int
    confirmed: bool = True
    withdrawn: bool = False
    itself: bool = False
    same_trust: bool = False
    tier: str = ""  # of the school that gives; empty where it is none, or not known
    conflict: str = ""
    stopped: bool = False  # help between the two ended early once
    declined: bool = False  # one of them declined the other for this need
    completed: int = 0  # times it was completed
    kilometres: float | None = None
    intake: str = ""  # similar, less, not; empty where it is not known
    faith: tuple[str, str] = ("", "")
    chooses: tuple[bool, bool] = (False, False)  # whether the school, and the provider, chooses its pupils by ability
    figures: tuple[str, ...] = ()  # what figures say of its strength, in sentences
    judged: tuple[str, ...] = ()  # what inspection says
    price: Decimal = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One reason: for, against, or only to be known."""

    word: str  # what it is about
    text: str
    way: str = "known"  # for, against, known


def barred(pair: Pair) -> tuple[str, ...]:
    """Why this cannot be; every reason, not the first."""
    ended = pair.ends is not None and pair.ends < pair.today
    far = pair.kilometres is not None and pair.kilometres > REACH
    said = {
        "The provider is withdrawn.": pair.withdrawn,
        "A broker has not confirmed the offer yet.": not pair.confirmed,
        "The offer is for other areas of support.": not pair.area_fits,
        "The offer is for schools of other phases.": not pair.phase_fits,
        "It is the school itself.": pair.itself,
        "They are of one trust, which helps its own schools itself.": pair.same_trust and not pair.itself,
        f"Conflict of interest: {pair.conflict}": bool(pair.conflict),
        f"The school is in {pair.tier} support itself and needs its strength at home.": pair.tier in UNSAFE_TIERS,
        _few(pair.days_left, pair.days_wanted): pair.days_left < pair.days_wanted,
        f"It helps as many schools as it may at a time: {pair.most}.": pair.helping >= pair.most,
        "The offer has ended.": ended,
        f"It is further than {REACH:.0f} km by road.": far,
        "Help between the two was stopped early once.": pair.stopped,
        "One of the two has declined the other for this need.": pair.declined,
    }
    return tuple(text for text, holds in said.items() if holds)


def _few(left: int, wanted: int) -> str:
    return f"It has {left} {'day' if left == 1 else 'days'} left, and {wanted} are wanted."


def reasons(pair: Pair) -> tuple[Line, ...]:
    """Line by line, what speaks for it, what against, and what is to be known; strength and its evidence first."""
    lines = [Line("Strength", text, "for") for text in (*pair.figures, *pair.judged)]
    if not lines:
        lines = [Line("Strength", "Confirmed by a broker; figures and inspection say nothing of it beyond chance.")]
    lines.append(_intake(pair.intake))
    lines.append(_distance(pair.kilometres))
    lines += [Line("Faith", _faith(*pair.faith))] if any(pair.faith) else []
    lines += [_admissions(*pair.chooses)] if pair.chooses[0] != pair.chooses[1] else []
    lines.append(Line("Availability", _available(pair), "for"))
    lines.append(_past(pair.completed))
    lines.append(Line("Cost", "No charge." if not pair.price else f"£{pair.price * pair.days_wanted:,.0f} for {pair.days_wanted} days."))
    return tuple(lines)


def _intake(word: str) -> Line:
    texts = {
        "similar": ("Its pupils are much like this school’s.", "for"), "less": ("Its pupils are less like this school’s.", "known"),
        "not": ("Its pupils are unlike this school’s.", "against"), "": ("How alike the pupils are is not known.", "known"),
    }  # fmt: skip
    return Line("Intake", *texts[word])


def _distance(kilometres: float | None) -> Line:
    if kilometres is None:
        return Line("Distance", "Not known: one of the two has no place on the map.")
    return Line("Distance", f"About {kilometres:.0f} km by road.", "for" if kilometres <= REACH / 4 else "known")


def _faith(own: str, their: str) -> str:
    if own == their:
        return f"Both are {own}."
    return f"This school is {own or 'of no religious character'}, the provider {their or 'of no religious character'}."


def _admissions(own: bool, their: bool) -> Line:
    who = (
        ("It chooses its pupils by ability", "this school does not") if their else ("It takes pupils of any ability", "this school chooses")
    )
    return Line("Admissions", f"{who[0]}; {who[1]}.", "against")


def _available(pair: Pair) -> str:
    until = f" until {pair.ends.day} {pair.ends:%B %Y}" if pair.ends else ""
    from_ = f" from {pair.starts.day} {pair.starts:%B %Y}" if pair.starts > pair.today else ""
    return f"{pair.days_left} days left{from_}{until}; helps {pair.helping} of at most {pair.most} at a time."


def _past(completed: int) -> Line:
    if not completed:
        return Line("Past links", "They have not worked together through this register.")
    return Line("Past links", f"They have completed work together {'once' if completed == 1 else f'{completed} times'}.", "for")


def cost(pair: Pair) -> int:
    """How far the two are from a perfect fit, in tenths of a kilometre: the way, unlike pupils, unproven strength, strangers."""
    way = UNKNOWN_DISTANCE if pair.kilometres is None else round(pair.kilometres * 10)
    unproven = 0 if pair.figures or pair.judged else UNPROVEN
    return way + UNLIKE[pair.intake] + unproven + (0 if pair.completed else STRANGERS)


def financial_year(day: date) -> str:
    """1 April to 31 March: 2025/26."""
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def cost_by_year(given: Iterable[tuple[date, Decimal]], price: Decimal) -> dict[str, tuple[Decimal, Decimal]]:
    """Financial year → (days given, pounds), the earliest first."""
    days: dict[str, Decimal] = {}
    for day, share in sorted(given, key=lambda one: one[0]):
        days[financial_year(day)] = days.get(financial_year(day), Decimal(0)) + share
    return {year: (many, many * price) for year, many in days.items()}


def faults_of_dates(starts: date | None, ends: date | None) -> list[str]:
    return ["It ends before it starts."] if starts and ends and ends < starts else []


def faults_of_day(day: date, share: Decimal, starts: date, today: date, given: Mapping[date, Decimal], left: Decimal) -> list[str]:
    """What is wrong with a day that somebody wants to log."""
    faults = []
    if day > today:
        faults.append("The day has not come yet.")
    if day < starts:
        faults.append(f"The help starts on {starts.day} {starts:%B %Y}.")
    if given.get(day, Decimal(0)) + share > 1:
        faults.append("More than a whole day would be written down for that day.")
    if share > left:
        faults.append(f"Only {plain(left)} of the agreed days {'is' if left == 1 else 'are'} left. Agree more days first.")
    return faults


def plain(many: Decimal | float) -> str:
    """1, 2.5, 0"""
    text = f"{Decimal(str(many)):.1f}"
    return text.removesuffix(".0")
