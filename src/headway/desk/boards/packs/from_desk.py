"""What Headway writes under a standing item from rows of the desk, as they were when the pack was built."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from headway.desk.boards.packs.sections import Asked, Withheld
from headway.desk.scrutiny.writing import trail_of
from headway.language.ambitions import heading, unit_of, verdict_words
from headway.language.boards import (
    actions_sentence,
    change_of_rate,
    delivered_sentence,
    needs_sentence,
    shared_sentence,
    wait_sentence,
)
from headway.language.promises import changed_words, changes_sentence, tally_sentence
from headway.papers.blocks import Block, Bullets, Column, Heading, Number, Paragraph, Strong, Table, Voice, Words
from headway.readings.ambitions.adopted import definition, judged
from headway.readings.ambitions.answers import Answer
from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.vocabulary.number import shown

PROMISES = (
    Column("No."), Column("Promise"), Column("Due"), Column("Latest", number=True), Column("Needed by now", number=True), Column("Verdict"),
    Column("Since last time"),
)  # fmt: skip

WHO_TAKES_PART = (
    "Only maintained primary and secondary schools take part; the members of each phase decide for their own. Academies, special and "
    "nursery schools are asked separately, if at all."
)


def answers(asked: Asked, day: date | None = None) -> dict[str, Answer]:
    """Ambition → where it stands on a day, by the definition it was adopted with."""
    on = day or asked.spec.day
    return {
        one["ambition"]: judged(asked.door, definition(one["ambition"], one["definition"]), asked.spec.area, as_of=on)
        for one in asked.spec.desk.get("promises", ())
    }


def promises(asked: Asked) -> list[Block]:
    now = answers(asked)
    if not now:
        return [Paragraph("No promise is in force.")]
    last = asked.spec.last
    then = answers(asked, last) if last else {}
    rows = tuple(_promise(number, name, one, then.get(name), last) for number, (name, one) in enumerate(now.items(), 1))
    blocks: list[Block] = [Paragraph(tally_sentence(list(now.values()))), Table("Promises and where they stand", PROMISES, rows)]
    if last:
        blocks.insert(1, Paragraph(changes_sentence(now, then, last)))
    moved = [one for name, one in now.items() if name in then and then[name].verdict is not one.verdict]
    if moved:
        blocks.append(Bullets(tuple((Strong(f"{one.title}. "), verdict_words(one)) for one in moved)))
    return blocks


def _promise(number: int, name: str, one: Answer, then: Answer | None, last: date | None) -> tuple[Words, ...]:
    point, unit = one.latest, unit_of(one)
    due = f"{one.due.day} {one.due:%b %Y}" if one.due else "no day"
    latest = Number(shown(point.value, unit), trail_of(one, point), point.value) if point else Number("–")
    needed = Number(shown(point.target, unit), trail_of(one, point), point.target) if point and point.target is not None else Number("–")
    since = changed_words(then, one, last) if then and last else "–"
    return str(number), one.title, due, (latest,), (needed,), (Strong(heading(one)),), since


def annex(asked: Asked) -> list[Block]:
    """Every promise in full; the table of all of them stands in the paper already."""
    from headway.desk.scrutiny.writing import findings

    return list(findings(list(answers(asked).values()))[1:])


def visits(asked: Asked) -> list[Block]:
    """Did we do what we promised schools? By kind of contact."""
    rows = asked.spec.desk.get("visits", ())
    if not rows:
        return [Paragraph("No visit or call is written down yet.")]
    total = {name: sum(int(one[name]) for one in rows) for name in ("due", "done", "late")}
    where = f"Visits and calls in the desk since {asked.spec.since or 'the first'}, as written down by {asked.spec.as_of}."
    heads = (Column("What schools were promised"), Column("Due", number=True), Column("Done", number=True), Column("Late", number=True))
    table = tuple((one["title"], *((Number(f"{one[name]:,}", where, float(one[name])),) for name in total)) for one in rows)
    return [Paragraph(delivered_sentence(**total)), Table("Did we do what we promised?", heads, table)]


def actions(asked: Asked) -> list[Block]:
    """What changed, what we asked for, what happened: of the items that stand in this edition."""
    held = {edition.value for edition in asked.edition.holds}
    rows = [one for one in asked.spec.desk.get("actions", ()) if one["edition"] in held]
    left = [
        one for one in asked.spec.desk.get("actions", ()) if one["edition"] in held and one["edition"] == asked.edition.value != "public"
    ]
    asked.left_out += [Withheld(f"Action: {one['what']}", "it comes from papers that are not in that edition") for one in left]
    day = asked.spec.as_of
    done, late = sum(bool(one["closed"]) for one in rows), sum(not one["closed"] and one["due"] < day for one in rows)
    said = Paragraph(actions_sentence(done, late, len(rows) - done - late))
    if not rows:
        return [said]
    heads = (Column("What we asked for"), Column("Of whom"), Column("By"), Column("What happened"))
    if not any("why" in one for one in rows):  # as papers were made before decisions stood beside what was asked for
        return [said, Table("Actions from last time", heads, tuple(_action(one, day)[1:] for one in rows))]
    return [
        said,
        Table(
            "What changed, what we asked for, what happened",
            (Column("What changed"), *heads),
            tuple(_action(one, day) for one in rows),
        ),
    ]


def _action(one: Mapping[str, Any], day: str) -> tuple[Words, ...]:
    happened: Words = str(one["outcome"]) if one["closed"] else (Strong("Late."),) if one["due"] < day else "Not yet due."
    return str(one.get("why") or "–"), str(one["what"]), str(one["owner"]), day_words(one["due"]), happened


def told(asked: Asked) -> list[Block]:
    """What people said when they were asked, and what is done about it: of consultations whose answer is published."""
    rows = asked.spec.desk.get("told", ())
    if not rows:
        return [Paragraph("No consultation has been answered since the last meeting.")]
    heads = (Column("Asked about"), Column("You said"), Column("What we do"), Column("Why"))
    return [Table("What schools and people told us", heads, tuple((one["title"], one["said"], one["doing"], one["did"]) for one in rows))]


def day_words(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def brokerage(asked: Asked) -> list[Block]:
    """Needs that wait, days that nobody uses, how long a match takes."""
    kept: Mapping[str, Any] | Sequence[Mapping[str, Any]] = asked.spec.desk.get("brokerage") or {}
    if not kept:
        return [Paragraph("No need and no offer of school-to-school support is recorded here yet.")]
    if not isinstance(kept, Mapping):
        return _counted(asked, kept)
    counts = {name: int(kept[name]) for name in ("open_needs", "urgent", "waiting", "days", "running")}
    where = f"Written down in the desk by {asked.spec.as_of}."
    told = {
        "Needs that wait for help": kept["open_needs"], "Of them urgent": kept["urgent"],
        "Needs for which help is arranged or met": kept["helped"], "Schools helped now": kept["running"],
        "Days on offer that nobody uses": kept["days"], "Days from a need to both heads’ yes, the median": kept["wait"],
    }  # fmt: skip
    rows = tuple((what, (_many(many, where),)) for what, many in told.items())
    return [
        Paragraph(f"{needs_sentence(**counts)} {wait_sentence(kept['wait'])}"),
        Table("School-to-school support", (Column("What"), Column("How many", number=True)), rows),
    ]


def _counted(asked: Asked, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Counts as packs kept them before they had names: (what, how many). Such a pack is built again as it was."""
    where = f"Written down in the desk by {asked.spec.as_of}."
    table = tuple((str(one["what"]), (Number(str(one["many"]), where, None),)) for one in rows)
    return [Table("School-to-school support", (Column("What"), Column("How many", number=True)), table)]


def _many(many: float | None, where: str) -> Number:
    return Number("none yet", where) if many is None else Number(f"{many:,g}", where, float(many))


def de_delegation(asked: Asked) -> list[Block]:
    """For each phase of maintained schools: the rate, what it comes to, what the last year’s bought. Each phase decides for itself."""
    rows = [one for one in asked.spec.desk.get("delegations", ()) if one["item"] == asked.item.item]
    if not rows:
        return [Paragraph("No rate is proposed yet.")]
    return [
        Paragraph(WHO_TAKES_PART),
        *(block for one in rows for block in _phase(asked, one)),
    ]


def sharers(door: Door, area: str, phase: str) -> tuple[int, list[int]]:
    """Of the open maintained schools of a phase how many there are, and the pupils of each of which they are known."""
    found = [one for one in establishments(door, area) if one.status == "open" and one.governance == "maintained" and one.phase == phase]
    return len(found), [one.pupils for one in found if one.pupils is not None]


def _phase(asked: Asked, one: Mapping[str, Any]) -> list[Block]:
    schools, known = sharers(asked.door, asked.spec.area, one["phase"])
    rate, last = float(one["rate"]), None if one["last_rate"] is None else float(one["last_rate"])
    where = (
        f"The list of schools in snapshot {asked.spec.snapshot}: open, maintained, {one['phase']}; pupils by the newest census it holds."
    )
    rows: list[tuple[Words, ...]] = [
        ("Rate for each pupil", (Number(f"£{rate:,.2f}", "Proposed to the forum.", rate),)),
        ("Maintained schools", (Number(f"{schools:,}", where, float(schools)),)),
        ("Their pupils", (Number(f"{sum(known):,}", where, float(sum(known))),)),
        ("It would come to", (Number(f"£{rate * sum(known):,.0f}", f"The rate times the pupils. {where}", rate * sum(known)),)),
    ]
    if one["spent"] is not None:
        rows.append(("Spent last year", (Number(f"£{one['spent']:,}", "As told by the council.", float(one["spent"])),)))
    blocks: list[Block] = [
        Heading(f"{str(one['phase']).capitalize()}, {one['year']}", 3),
        Paragraph(f"{shared_sentence(one['phase'], schools, sum(known), rate * sum(known))} {change_of_rate(rate, last)}"),
        Table(f"De-delegation: {one['phase']}", (Column("What"), Column("How much", number=True)), tuple(rows)),
    ]
    if len(known) < schools:
        blocks.append(Paragraph(f"Of {schools - len(known)} of them no list tells the number of pupils: the sum is too low.", Voice.NOTE))
    if one["bought"]:
        blocks.append(Paragraph((Strong("What last year’s bought: "), str(one["bought"]))))
    return blocks
