"""Early warning beside what people have done about it: rows of pupils, of families, of year groups, of schools' use of codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from headway.desk.accounts.models import User
from headway.desk.attendance import queries, rules
from headway.desk.attendance.models import Cleared, Plan
from headway.desk.framing.addresses import address
from headway.language.early import CHECKS, KIND_TITLES, flag_words, group_words, unlike_words
from headway.readings.attendance.early.ahead import cleared
from headway.readings.attendance.early.answers import Ahead, Flag, Grouped, Relative, Unlike
from headway.readings.attendance.early.done import Done
from headway.readings.attendance.morning_answers import Morning
from headway.readings.door import Door

DRIFTS, PATTERNS = ("drifting", "transition"), ("monday", "friday", "before_holiday", "after_holiday")
LOOKED_BACK = timedelta(90)  # days: more than an action clears a flag for
YEARS_BACK = timedelta(3 * 366)  # of support that is told beside how predictions did
Pupil = tuple[int, str]


@dataclass(frozen=True)
class EarlyRow:
    """A pupil with every flag that stands; `together` are brothers and sisters of concern, `done` what cleared those that do not stand."""

    flags: tuple[Flag, ...]
    plan: Plan | None
    together: tuple[Relative, ...]
    done: Done | None = None

    @property
    def one(self) -> Flag:
        return self.flags[0]

    @property
    def sign(self) -> str:
        return rules.pseudonym(self.one.key)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """(what, on what it rests) of each flag."""
        return [(KIND_TITLES[flag.kind], flag_words(flag)) for flag in self.flags]

    @property
    def next(self) -> tuple[str, str]:
        """What to do, in words, and where."""
        one = self.one
        if self.plan is not None:
            return "Open the plan", address("attendance:plan", self.plan.pk)
        return "Say what was done", address("attendance:clear", one.urn, one.kind, one.key)


@dataclass(frozen=True)
class FamilyRow:
    """Brothers and sisters, each with the sign and why; `clear` is where to say what was done for all of them."""

    members: tuple[tuple[Relative, str, str], ...]
    clear: str


@dataclass(frozen=True)
class SchoolRow:
    """A year group or a school's use of a code. `acts` is what was done about it within four weeks."""

    urn: int
    school: str
    what: str
    words: str
    acts: Cleared | None
    clear: str


@dataclass(frozen=True)
class Early:
    """`stand`: pupils with no plan whom nobody has attended to; `planned` have a plan; `attended` were attended to."""

    stand: list[EarlyRow]
    planned: list[EarlyRow]
    attended: list[EarlyRow]
    families: list[FamilyRow]
    groups: list[SchoolRow]
    codes: list[SchoolRow]

    def of(self, kinds: Iterable[str]) -> list[EarlyRow]:
        """Pupils that stand with a flag of these kinds, that flag first."""
        wanted = set(kinds)
        found = [(row, tuple(sorted(row.flags, key=lambda flag: flag.kind not in wanted))) for row in self.stand]
        return [EarlyRow(flags, row.plan, row.together) for row, flags in found if flags[0].kind in wanted]


def early(door: Door, found: Morning, user: User, today: date) -> Early:
    """Of a morning that is the user's own already."""
    told = found.ahead
    plans, done = queries.open_plans(user), done_about(user, today)
    by = _families_of(told.families)
    up: dict[Pupil, list[Flag]] = {}
    down: dict[Pupil, tuple[list[Flag], Done]] = {}
    for raised, action in zip(told.raised, cleared(door, told, done, today), strict=True):
        who = raised.flag.urn, raised.flag.key
        if action is None:
            up.setdefault(who, []).append(raised.flag)
        else:
            down.setdefault(who, ([], action))[0].append(raised.flag)
    rows = [EarlyRow(tuple(flags), plans.get(who), by.get(who, ())) for who, flags in up.items()]
    attended = [EarlyRow(tuple(flags), plans.get(who), (), action) for who, (flags, action) in down.items() if who not in up]
    stand = _together([row for row in rows if row.plan is None])
    return Early(stand, [row for row in rows if row.plan], attended, _families(told, user, today), *_schools(told, user, today))


def standing(door: Door, found: Morning, user: User, today: date) -> dict[Pupil, list[Flag]]:
    """The flags that stand, by pupil, whether or not there is a plan."""
    listed: dict[Pupil, list[Flag]] = {}
    for raised, action in zip(found.ahead.raised, cleared(door, found.ahead, done_about(user, today), today), strict=True):
        if action is None:
            listed.setdefault((raised.flag.urn, raised.flag.key), []).append(raised.flag)
    return listed


def done_about(user: User, today: date, back: timedelta = LOOKED_BACK) -> dict[Pupil, list[Done]]:
    """(URN, pupil) → what was done of late, as the rule of clearing reads it."""
    found: dict[Pupil, list[Done]] = {}
    for urn, key, what, day in (*_actions(user, today - back), *_of_plans(user, today - back)):
        found.setdefault((urn, key), []).append(Done(urn, key, what, day))
    return found


def _actions(user: User, since: date) -> Iterator[tuple[int, str, str, date]]:
    rows = queries.mine(user, Cleared.objects.filter(at__date__gte=since).exclude(pupil=""))
    for urn, key, did, at in rows.values_list("school_id", "pupil", "did", "at"):
        yield urn, key, rules.DONE[did], at.date()


def _of_plans(user: User, since: date) -> Iterator[tuple[int, str, str, date]]:
    for plan in queries.plans_for(user).filter(begins__gte=since):
        yield plan.school_id, plan.pupil, "plan", plan.begins
    for entry in queries.entries_for(user).filter(day__gte=since, kind__in=rules.ENTRY_DONE):
        yield entry.plan.school_id, entry.plan.pupil, rules.ENTRY_DONE[entry.kind], entry.day


def _families_of(families: Iterable[tuple[Relative, ...]]) -> dict[Pupil, tuple[Relative, ...]]:
    """Pupil → the brothers and sisters of concern."""
    return {
        (one.urn, one.key): tuple(other for other in family if other.key != one.key and other.why) for family in families for one in family
    }


def _together(rows: list[EarlyRow]) -> list[EarlyRow]:
    """In the order given, brothers and sisters straight after whoever of them comes first."""
    by = {(row.one.urn, row.one.key): row for row in rows}
    found: list[EarlyRow] = []
    for who in list(by):
        first = by.pop(who, None)
        if first is not None:
            found += [first, *(by.pop((one.urn, one.key)) for one in first.together if (one.urn, one.key) in by)]
    return found


def _families(told: Ahead, user: User, today: date) -> list[FamilyRow]:
    """Those of whom nobody has attended to anybody as brothers and sisters within four weeks."""
    looked = {(urn, key) for urn, key, _ in queries.cleared_since(user, rules.SIBLINGS, today - timedelta(rules.CLEARED_FOR))}
    found = []
    for family in told.families:
        if not any((one.urn, one.key) in looked for one in family):
            members = tuple((one, rules.pseudonym(one.key), _why(one)) for one in family)
            found.append(FamilyRow(members, address("attendance:clear", family[0].urn, rules.SIBLINGS, family[0].key)))
    return found


def family_of(told: Ahead, key: str) -> list[tuple[Relative, str, str]]:
    """The brothers and sisters of a pupil, each with the sign and why."""
    family = next((family for family in told.families if any(one.key == key for one in family)), ())
    return [(one, rules.pseudonym(one.key), _why(one)) for one in family if one.key != key]


def _why(one: Relative) -> str:
    return ", ".join(KIND_TITLES[kind].lower() for kind in one.why)


def _schools(told: Ahead, user: User, today: date) -> tuple[list[SchoolRow], list[SchoolRow]]:
    since = today - timedelta(rules.CLEARED_FOR)
    groups, codes = (queries.cleared_since(user, flag, since) for flag in ("fall", rules.CODES))
    return [_group(one, groups) for one in told.groups], [_codes(one, codes) for one in told.schools]


def _group(one: Grouped, acting: dict[tuple[int, str, str], Cleared]) -> SchoolRow:
    where = address("attendance:clear", one.urn, "fall", one.year_group)
    return SchoolRow(one.urn, one.school, f"Year {one.year_group}", group_words(one), acting.get((one.urn, "", one.year_group)), where)


def _codes(one: Unlike, acting: dict[tuple[int, str, str], Cleared]) -> SchoolRow:
    where = address("attendance:clear", one.urn, rules.CODES, one.check)
    return SchoolRow(one.urn, one.school, CHECKS[one.check], unlike_words(one), acting.get((one.urn, "", one.check)), where)
