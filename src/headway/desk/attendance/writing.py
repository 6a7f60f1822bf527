"""Papers of attendance as blocks: the agenda of a meeting, a referral, letters, an evidence bundle. No database, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headway.charts.sessions import sessions
from headway.definitions.attendance_duties import Duty
from headway.desk.attendance.rules import BARRIERS, Tried
from headway.language.attendance import DIFFERS, attendance_sentence, group_words, many, marks_words, reason_words, sessions_words
from headway.papers.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LegalCheck,
    Paper,
    Paragraph,
    Strong,
    Table,
    VisibleTo,
    Voice,
    paragraphs,
    picture,
)
from headway.readings.attendance.answers import Threshold, Watched
from headway.readings.attendance.few import Rates
from headway.readings.attendance.morning_answers import GroupFall
from headway.readings.attendance.one_pupil import OnePupil
from headway.readings.attendance.one_school import OneSchool
from headway.vocabulary.number import shown

RATES = (Column("Attendance", "%", True), Column("Change on last year", "points", True), Column("Without permission", "%", True),
         Column("Persistent", "% of pupils", True), Column("Severe", "% of pupils", True))  # fmt: skip
LOWEST = 3  # cohorts named, of each kind
MOST = 20  # pupils of a list in an agenda
ORDER = (
    "Trends beside last year, similar schools and England",
    "Every severely absent pupil: is there a plan?",
    "Persistent absence: barriers, and who helps",
    "Cohorts",
    "Actions from last time",
    "Actions, lead practitioner, next date",
)


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True)
class Listed:
    """A pupil of a paper: the sign, or the number where it is to be shown; whether there is a plan, and its review."""

    who: str
    watched: Watched
    plan: str


@dataclass(frozen=True)
class Agenda:
    """What a targeting support meeting is made from. `pupils` None: for readers who may see counts only."""

    school: str
    area: str
    day: date
    found: OneSchool
    family: tuple[float, str] | None
    england: tuple[float, str] | None
    pupils: tuple[Listed, ...] | None
    falls: tuple[GroupFall, ...]
    met: int | None
    lead: str
    champion: str
    last: Sequence[tuple[str, str, date, str]]  # what, who, by when, what came of it
    next_by: date


def agenda(of: Agenda) -> Paper:
    """The agenda, with the figures of the day. The same answers give the same paper."""
    found = of.found
    blocks: list[Block] = [
        Paragraph(
            attendance_sentence(found.whole, of.england[0] if of.england else None, of.family[0] if of.family else None), Voice.ANSWER
        ),
        Paragraph(
            f"Marks to {said(found.data_to)}. Lead for attendance: {of.lead or 'not named'}. "
            f"Senior attendance champion: {of.champion or 'not named'}."
        ),
        Bullets(ORDER, numbered=True),
        Heading("1. Where attendance stands"),
        _rates("The school", [("This year to date", found.whole)]),
        *_beside(of),
    ]
    blocks += [Heading("2. Severely absent"), *_pupils(of, "severe", "Every one should have a plan and a person.")]
    blocks += [
        Heading("3. Persistently absent"),
        *_pupils(of, "persistent", "Those that can be changed first: ask for the barrier and who helps."),
    ]
    blocks += [Heading("4. Cohorts"), *_cohorts(of)]
    blocks += [Heading("5. Actions from last time"), *_last(of)]
    blocks += [
        Heading("6. To agree"),
        Bullets(
            (
                "Actions, each with who does it and by when",
                "Who leads for each pupil without a plan",
                f"The next meeting, by {said(of.next_by)}",
            )
        ),
        Paragraph(DIFFERS, Voice.NOTE),
        VisibleTo("the school, the attendance team and who is asked to the meeting"),
    ]
    return Paper(
        f"Targeting support meeting: {of.school}",
        of.area,
        f"Agenda · {said(of.day)}",
        of.day,
        tuple(blocks),
        "Pupils go by signs unless numbers were asked for.",
    )


def _rates(caption: str, lines: Sequence[tuple[str, Rates]]) -> Table:
    rows = tuple(
        (label, *(_rate(one, name) for name in ("attendance", "change", "unauthorised", "persistent", "severe"))) for label, one in lines
    )
    return Table(caption, (Column("Who"), *RATES), rows, note="“few”: fewer than six pupils; “–”: not known.")


def _rate(one: Rates, name: str) -> str:
    if name in one.few or one.enrolments is None:
        return "few"
    return shown(getattr(one, name), "percent", ending=False, sign=name == "change")


def _beside(of: Agenda) -> list[Block]:
    told = [
        f"{name}: {shown(value, 'percent')} ({words}, published)"
        for name, one in (("Similar schools", of.family), ("England, same phase", of.england))
        if one
        for value, words in (one,)
    ]
    falls = [
        f"{group_words(one)}: from {shown(one.before_rate, 'percent')} to {shown(one.recent_rate, 'percent')} in the last ten school days. "
        f"{marks_words(one)}"
        for one in of.falls
    ]
    reasons = [f"{reason_words(name)} {shown(share, 'percent')}" for name, _, share in of.found.reasons[:5] if share]
    found: list[Block] = [Bullets(tuple(told))] if told else []
    found += [Paragraph(f"Why pupils were away, of possible sessions: {', '.join(reasons)}.")] if reasons else []
    return found + ([Bullets(tuple(f"Fell sharply: {one}" for one in falls))] if falls else [])


def _pupils(of: Agenda, kind: str, words: str) -> list[Block]:
    if of.pupils is None:
        count = of.found.whole.count(kind)
        return [Paragraph(f"{count} pupils." if count is not None else "Fewer than six pupils, or too few to show.")]
    listed = [one for one in of.pupils if one.watched.kind == kind]
    if not listed:
        return [Paragraph(_nobody(of.found.whole, kind))]
    note = f"The {MOST} with least attendance; the rest are on the school’s page of pupils." if len(listed) > MOST else ""
    columns = (
        Column("Pupil"),
        Column("Year"),
        Column("Attended", number=True),
        Column("Last ten days", "%", True),
        Column("Known to"),
        Column("Plan"),
    )
    rows = tuple(
        (one.who, one.watched.year_group or "–", f"{one.watched.possible - one.watched.absent} of {one.watched.possible}",
         shown(one.watched.recent_rate, "percent", ending=False), ", ".join(one.watched.known_to) or "–", one.plan)
        for one in listed[:MOST]
    )  # fmt: skip
    return [Paragraph(words), Table(many(len(listed), "pupil").capitalize(), columns, rows, note=note)]


def _nobody(whole: Rates, kind: str) -> str:
    """Why no pupil is named: there is none, it is too early, or only figures of the whole school are held."""
    if not whole.decided:
        return "Not known: no pupil has sessions enough yet, or only figures of the whole school are held."
    many_told = whole.count(kind)
    return f"{many(many_told, 'pupil').capitalize()} by the school’s figures; who they are is not held." if many_told else "Nobody."


def _cohorts(of: Agenda) -> list[Block]:
    groups = [(f"Year {one.label}" if one.label.isdigit() else one.label or "Year not told", one) for one in of.found.year_groups]
    groups += [(f"{title}: {one.label}", one) for title, lines in of.found.groups for one in lines if one.label != "not told"]
    known = sorted(((one.attendance, label, one) for label, one in groups if one.attendance is not None), key=lambda item: item[:2])
    if not known:
        return [Paragraph("No group is large enough to show.")]
    return [
        Paragraph("Lowest first: the groups in which most can be changed."),
        _rates("Groups", [(label, one) for _, label, one in known[: 2 * LOWEST]]),
    ]


def _last(of: Agenda) -> list[Block]:
    if not of.last:
        return [Paragraph("None: this is the first meeting, or nothing was agreed.")]
    rows = tuple((what, who, said(due), outcome or "open") for what, who, due, outcome in of.last)
    return [Table("Agreed last time", (Column("What"), Column("Who"), Column("By"), Column("What came of it")), rows)]


@dataclass(frozen=True)
class Case:
    """A pupil's case for a referral, a letter or a bundle. `entries` are (day, kind, text); `notices` and `steps` are lines of words."""

    who: str
    school: str
    area: str
    day: date
    found: OnePupil
    lead: str
    barriers: tuple[str, ...]
    entries: Sequence[tuple[date, str, str]]
    tried: Sequence[Tried]
    notices: Sequence[str] = ()
    steps: Sequence[str] = ()


def kept_day(text: str) -> str:
    """A day that was kept as 2026-11-26, in words; what is no day as it is."""
    try:
        return said(date.fromisoformat(text))
    except ValueError:
        return text


def tried_words(kept: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """(day in words, what) of what was tried first, as a step or a decision keeps it."""
    return [(kept_day(item["day"]), item["what"]) for item in kept]


def barrier_words(ids: Sequence[str]) -> tuple[str, ...]:
    named = dict(BARRIERS)
    return tuple(named.get(one, one) for one in ids)


def _attendance(of: Case) -> Paragraph:
    found = of.found
    rate = shown(found.attendance, "percent")
    why = ", ".join(f"{reason_words(name)} {many}" for name, many in found.reasons[:5])
    there = f"Attended {found.possible - found.absent} of {found.possible} sessions of {found.year} ({rate})"
    words = f"{there}; {found.unauthorised} without permission. "
    return Paragraph(f"{words}{f'By reason: {why}.' if why else ''}")


def _tried(of: Case) -> Block:
    if not of.tried:
        return Paragraph("Nothing is written down.")
    return Table("What was offered and done", (Column("Day"), Column("What")), tuple((said(one.day), one.what) for one in of.tried))


def referral(of: Case, to: str, asked: str, footing: str, until: date, what: Sequence[str]) -> Paper:
    """A multi-agency referral on one page: no more of it than is to go."""
    known = ", ".join(of.found.known_to) or "nobody whom the list of pupils names"
    parts: Mapping[str, tuple[Block, ...]] = {
        "attendance": (Heading("Attendance"), _attendance(of)),
        "barriers": (Heading("What keeps the child away"), Paragraph("; ".join(of.barriers) or "Not yet understood.")),
        "tried": (Heading("What was tried"), _tried(of)),
        "known": (Heading("Known to, and who leads"), Paragraph(f"Known to: {known}. Lead: {of.lead or 'not named'}.")),
    }
    blocks: tuple[Block, ...] = (
        Paragraph(asked, Voice.ANSWER),
        *(block for name, listed in parts.items() if name in what for block in listed),
        Heading("On what footing, and until when"),
        Paragraph(f"{footing}. To be destroyed by {said(until)}; please tell us when it is. Sooner, if we ask."),
        VisibleTo(f"the attendance team, the school and {to}; for this purpose only, until {said(until)}"),
    )
    return Paper(f"Referral: pupil {of.who}", of.area, f"{of.school} to {to} · {said(of.day)}", of.day, blocks)


def held(of: Case, asked: Sequence[str], shared: Sequence[str], decisions: Sequence[tuple[date, str, str]]) -> Paper:
    """Everything that is held of a pupil, for the family that asked for it. Of others nothing: no brother, sister or parent is named."""
    marks = sorted(of.found.marks.items())
    days: dict[date, dict[str, str]] = {}
    for (day, half), code in marks:
        days.setdefault(day, {})[half] = code
    sessions = tuple((said(day), halves.get("AM", "–"), halves.get("PM", "–")) for day, halves in days.items())
    written = [(said(day), kind, text) for day, kind, text in (*of.entries, *decisions)]
    blocks: list[Block] = [
        Paragraph(f"What Headway holds of pupil {of.who} at {of.school}.", Voice.ANSWER),
        LegalCheck("Texts may name others: read each, and take out what is of somebody else, before this goes to the family."),
        Heading("Facts"),
        Paragraph(f"Year group: {of.found.year_group or 'not told'}. Known to: {', '.join(of.found.known_to) or 'nobody told'}."),
        Paragraph("The number that the school gave and a key made of it are kept; no name, no address and no day of birth is."),
        Heading("Attendance"),
        _attendance(of),
        Table("Every session of the year", (Column("Day"), Column("Morning"), Column("Afternoon")), sessions)
        if sessions else Paragraph("No single session is held."),
        Heading("What was offered and done"),
        _tried(of),
    ]  # fmt: skip
    if written:
        blocks += [Heading("What was written"), Table("Texts", (Column("Day"), Column("What"), Column("Text")), tuple(written))]
    for title, lines in (("Notices", of.notices), ("Legal steps", of.steps), ("Shared with others", shared), ("Rights asked for", asked)):
        blocks += [Heading(title), Bullets(tuple(lines)) if lines else Paragraph("None.")]
    blocks.append(VisibleTo("the family that asked, and the attendance team"))
    return Paper(f"Everything held about pupil {of.who}", of.area, f"{of.school} · {said(of.day)}", of.day, tuple(blocks))


LETTERS: Mapping[str, tuple[str, str]] = {
    "invite": (
        "Invitation to talk about attendance",
        "We would like to meet you and your child to understand what makes it hard to be in school, and to agree what would help. "
        "Please tell us a time that suits you.",
    ),
    "plan": ("What we agreed", "Thank you for working with us. This is what we agreed, and when we look at it again together."),
    "worry": (
        "We are worried about attendance",
        "Your child has missed a good deal of school. Every day counts, and there is help. Please ring us so that we can find out "
        "together what gets in the way.",
    ),
    "improve": (
        "Notice to Improve",
        "Support has been offered and attendance has not got better enough. This is the time in which it is to improve, and the help "
        "that is there. If it does not, a penalty notice will be considered.",
    ),
}


def letter(of: Case, kind: str, until: date | None) -> Paper:
    """A letter to a family, for the school or council to put a name to: ours are kept without names."""
    title, words = LETTERS[kind]
    blocks: list[Block] = [Paragraph("Dear parent or carer,"), Paragraph(words), _attendance(of)]
    if kind in ("plan", "improve") and of.entries:
        blocks += [
            Heading("What was agreed"),
            *[line for day, name, text in of.entries if name == "What was agreed" for line in paragraphs(f"{said(day)}: {text}")],
        ]
    if until:
        blocks.append(Paragraph(("We look at this again by ", Strong(said(until)), ".")))
    blocks.append(Paragraph("If you need this letter in another language or form, or somebody to read it with you, please tell us."))
    if kind == "improve":
        blocks.append(
            LegalCheck("A Notice to Improve follows the council’s own code of conduct; its period and wording are to be checked.")
        )
    return Paper(title, of.area, f"{of.school} · {said(of.day)}", of.day, tuple(blocks))


def bundle(of: Case, thresholds: Sequence[Threshold], duties: Mapping[str, Duty]) -> Paper:
    """The evidence: the very sessions, what was offered, what was answered; nothing that another child could be known by."""
    blocks: list[Block] = [
        Paragraph(f"Pupil {of.who}, {of.school}. The school’s own number is to be put in by who sends this.", Voice.ANSWER),
        LegalCheck("Which of this may be shared, with whom and when, is for the council’s legal team."),
        Heading("Attendance"),
        _attendance(of),
    ]
    for place, one in enumerate(thresholds, 1):
        blocks += _sessions(one, place)
    blocks += [Heading("What was offered and done"), _tried(of)]
    if of.entries:
        rows = tuple((said(day), kind, text) for day, kind, text in of.entries)
        blocks += [
            Heading("What was written, as it was written"),
            Table("Entries of the plans", (Column("Day"), Column("What"), Column("Text")), rows),
        ]
    for title, lines in (("Notices", of.notices), ("Legal steps", of.steps)):
        blocks += [Heading(title), Bullets(tuple(lines))] if lines else []
    sources = sorted({f"{duty.title}: {duty.basis}; {duty.reference.title}" for duty in duties.values() if duty.kind == "step"})
    blocks += [Heading("On what footing"), Bullets(tuple(sources)), VisibleTo("the attendance team and the council’s legal team")]
    return Paper(f"Evidence: pupil {of.who}", of.area, f"{of.school} · {said(of.day)}", of.day, tuple(blocks))


def _sessions(one: Threshold, place: int) -> list[Block]:
    marks = {(item.date, item.session): item.code for item in one.sessions}
    young = {session for session, code in marks.items() if code == "N"} if one.provisional else set()
    title = f"{len(marks)} sessions counted, met on {said(one.first_met)}"
    words = sessions_words([(item.date, item.session, item.code) for item in one.sessions])
    found: list[Block] = [
        Heading(f"Threshold met on {said(one.first_met)}"),
        picture(sessions(marks, marks.keys(), young, f"b{place}", title)),
    ]
    found.append(Paragraph(f"{words}.{' Provisional: an N has no reason yet.' if one.provisional else ''}"))
    return found
