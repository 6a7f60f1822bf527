"""What registers say, in sentences: an officer's Monday, a school's attendance, a group that fell."""

from collections.abc import Sequence
from datetime import date

from headway.language.values import level_with, size_words
from headway.readings.attendance.expectation import Expectation
from headway.readings.attendance.few import Rates
from headway.readings.attendance.morning_answers import GroupFall
from headway.readings.attendance.proof_answers import Difference, FileUsed, Share
from headway.readings.attendance.recovery import Recovery
from headway.readings.attendance.schools import Like, Schools
from headway.stats.impact import Effect
from headway.vocabulary.number import shown

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIFFERS = (
    "From the department’s Monitor your school attendance this differs: it reads the schools’ systems twice a day and has pupils of "
    "compulsory age only; these figures are as of the last file, and have everybody with a possible session. Published statistics are "
    "of the census, a term behind."
)


def many(count: int, one: str, more: str = "") -> str:
    """“four groups”, “23 pupils”, “no meeting”."""
    return f"{NUMBERS[count] if count < len(NUMBERS) else f'{count:,}'} {one if count == 1 else more or f'{one}s'}"


def monday_sentence(without_plan: int, fell: int, nobody: int) -> str:
    """Who needs somebody first. `nobody` of the groups that fell have no one acting."""
    plan = f"{many(without_plan, 'severely absent pupil')} {'has' if without_plan == 1 else 'have'} no plan"
    first = plan.capitalize() if without_plan else "Every severely absent pupil has a plan"
    if not fell:
        return f"{first}, and no group of pupils dropped sharply."
    groups = f"{many(fell, 'group')} of pupils dropped sharply"
    if not nobody:
        return f"{first}, and {groups}; somebody acts on {'it' if fell == 1 else 'each'}."
    on = "it" if fell == 1 else "any of them" if nobody == fell else f"{NUMBERS[nobody] if nobody < 10 else nobody} of them"
    return f"{first}, and {groups}, with nobody yet acting on {on}."


def records_sentence(missing: int, home: int, late: int) -> str:
    """Of how many children a record is open, and whether each is looked at in time."""
    if not missing + home:
        return "No record is open."
    each = ((missing, "missing education"), (home, "taught at home"))
    told = [f"{many(count, 'child', 'children')} {what}" for count, what in each if count]
    first = f"{' and '.join(told)} {'has' if missing + home == 1 else 'have'} an open record".capitalize()
    return f"{first}; {many(late, 'review')} {'is' if late == 1 else 'are'} overdue." if late else f"{first}; no review is overdue."


def like_sentence(like: Like) -> str:
    """“In the 12 schools that sent last year too it is 92.8%: 0.3 points down on the same weeks last year.”"""
    those = "the one school" if like.schools == 1 else f"the {many(like.schools, 'school')}"
    return f"In {those} that sent last year too it is {shown(like.attendance, 'percent')}: {changed_words(like.change)}."


def together_words(table: Schools, england: float | None = None) -> str:
    """Attendance of all schools that send; of those that sent the year before too, where not all did."""
    said = attendance_sentence(table.total, england)
    return f"{said} {like_sentence(table.like)}" if table.like else said


def attendance_sentence(rates: Rates, england: float | None = None, family: float | None = None) -> str:
    """“Attendance this year is 93.0%: 0.4 points up on the same weeks last year, 0.6 below England.”"""
    if rates.attendance is None:
        return "Too few pupils to show attendance."
    said = [changed_words(rates.change)] if rates.change is not None else []
    said += [
        f"{beside_words(rates.attendance - value)} {who}" for value, who in ((family, "similar schools"), (england, "England")) if value
    ]
    return f"Attendance this year is {shown(rates.attendance, 'percent')}{': ' + ', '.join(said) if said else ''}."


def expectation_sentence(found: Expectation) -> str:
    """“With such pupils attendance of 93.4% goes; this school had 92.1%, 1.3 points below, which is within what eight in ten have.”"""
    first = f"In {found.year} attendance of {shown(found.expected, 'percent')} went with such pupils"
    if found.figure is None:
        return f"{first}; this school has no published figure for that year."
    apart = beside_words(found.figure - found.expected).removesuffix(" with")
    inside = "within" if found.lower <= found.figure <= found.upper else "outside"
    return f"{first}; this school had {shown(found.figure, 'percent')}, {apart}, {inside} what eight in ten such schools have."


def changed_words(points: float) -> str:
    if level_with(points, "percent"):
        return "the same as in the same weeks last year"
    return f"{size_words(points, 'percent')} {'up' if points > 0 else 'down'} on the same weeks last year"


def beside_words(points: float) -> str:
    if level_with(points, "percent"):
        return "level with"
    return f"{size_words(points, 'percent')} {'above' if points > 0 else 'below'}"


def group_words(fall: GroupFall) -> str:
    """“year 4”, “reception”."""
    return "reception" if fall.year_group == "R" else f"year {fall.year_group}" if fall.year_group else "year not told"


def marks_words(fall: GroupFall) -> str:
    """The commonest reasons, and a weekday that has more than its share."""
    said = [reason_words(name) for name, _ in fall.marks]
    return ", then ".join(said[:2]).capitalize() + (f"; {fall.weekday}" if fall.weekday else "")


SHAPES = {  # what a file of registers may hold
    "school_totals": "Figures to date, a row a school", "pupil_totals": "Figures to date, a row a pupil", "marks": "Marks, a row a session",
    "strings": "Marks, a row a pupil", "pupils": "A list of pupils", "calendar": "When schools are open", "notices": "Penalty notices",
    "wide": "A register: a row a pupil, a column a session",
}  # fmt: skip
REASONS = {
    "no_reason_yet": "no reason given yet", "other_unauthorised": "without permission", "holiday_not_granted": "leave not agreed",
    "late_after_close": "late after the register closed", "other_authorised": "leave agreed", "excluded": "suspended or excluded",
    "mobile_child": "travelling for work",
    "medical": "medical appointment", "part_time": "part-time timetable",
}  # fmt: skip


def reason_words(name: str) -> str:
    return REASONS.get(name, name.replace("_", " "))


def sessions_words(sessions: Sequence[tuple[date, str, str]]) -> str:
    """“12 November am and pm, O · 13 January am, U”: the very sessions, those of one day together."""
    days: dict[tuple[date, str], list[str]] = {}
    for day, half, code in sessions:
        days.setdefault((day, code), []).append(half.lower())
    return " · ".join(f"{day.day} {day:%B} {' and '.join(halves)}, {code}" for (day, code), halves in days.items())


def quotient_words(one: Share) -> str:
    """“93.1%: 6,106 of 6,600 sessions; present and approved activity, of possible sessions”."""
    if one.value is None or one.numerator is None or one.denominator is None:
        return "not shown: of few pupils, or not known"
    return f"{shown(one.value, 'percent')}: {one.numerator:,} of {one.denominator:,} {one.of}; {one.rule}"


def file_words(one: FileUsed) -> str:
    """“load 6, 26 November 2026: marks, a row a pupil; 880 rows; first to mark 110 sessions; SHA-256 3f7a…”."""
    day = f"{one.received.day} {one.received:%B %Y}"
    told = [f"load {one.load}, {day}: {file_kind(one)}", f"{one.rows:,} rows"]
    told += [f"first to mark {one.sessions:,} sessions of the school"] if one.sessions else []
    told += [f"{one.corrected:,} marks that came later or were put right"] if one.corrected else []
    return "; ".join([*told, f"SHA-256 {one.sha256}" if one.sha256 else "no digest was kept of it"])


def file_kind(one: FileUsed) -> str:
    return ", ".join(SHAPES.get(name, name) for name in one.shape.split(", "))


def difference_words(one: Difference) -> str:
    """Why, and what of it can be told in numbers: “… were all present, attendance would be 92.6% (6,110 of 6,600).”"""
    if one.value is None or one.numerator is None or one.denominator is None:
        return f"{one.why} {one.told}".strip()
    return f"{one.why} {one.told} {shown(one.value, 'percent')} ({one.numerator:,} of {one.denominator:,})."


def sending_sentence(sending: int, schools: int, behind: int, data_to: date) -> str:
    """How many schools send, and how many of them are behind."""
    words = (
        f"{sending} of {schools} schools have sent marks this year"
        if schools != 1
        else f"The school has {'' if sending else 'not '}sent marks this year"
    )
    late = f"; {many(behind, 'school')} {'is' if behind == 1 else 'are'} behind the others" if behind and schools != 1 else ""
    return f"{words}{late}. Marks to {data_to:%A} {data_to.day} {data_to:%B}. The last two weeks may still change as reasons come in."


def recovery_sentence(found: Recovery, who: str) -> str:
    """“After meetings attendance of 6 schools changed by 0.8 points more than that of comparable ones (0.1 to 1.5).” Or why not."""
    one = found.together
    if one.reason:
        return f"Nothing can be told of {who} together: {one.reason}."
    return f"Attendance of {one.helped} {who} {effect_words(one)}."


def effect_words(one: Effect) -> str:
    """“changed by 0.8 points more than that of 48 comparable ones did, with limits of 0.1 and 1.5: more than chance gives”."""
    sizes = [shown(value, "percent", sign=True, ending=False) for value in (one.low, one.high)]
    more = "more" if one.size >= 0 else "less"
    beyond = "beyond chance" if one.low > 0 or one.high < 0 else "within what chance gives"
    return (
        f"changed by {size_words(one.size, 'percent')} {more} than that of {one.compared} comparable ones that had none "
        f"({sizes[0]} to {sizes[1]}), which is {beyond}"
    )
