"""The report on promises as blocks: from the answers of the one door, in the words of the language engine. No database, no Django."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headway.charts.promise import on_paper
from headway.language.ambitions import age_words, heading, margin_words, promise_words, unit_of, verdict_words
from headway.language.promises import chance_sentence, path_title
from headway.papers.blocks import Block, Bullets, Column, Heading, Number, Paper, Paragraph, Run, Strong, Table, Voice, Words, picture
from headway.papers.council import Part, report
from headway.readings.ambitions import Answer, Missing, Point, Verdict
from headway.readings.answers import SnapshotFacts
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading

ORDER = (Verdict.MET, Verdict.ON_COURSE, Verdict.AT_RISK, Verdict.OFF_COURSE, Verdict.TOO_EARLY, Verdict.CANNOT_TELL)
NO_FIGURE = "“–”: there is no figure; the promise’s own part says which is missing."
KEY = (
    "Difference to what was promised: at nought the promise is kept, below it is short. Triangle: the figure, with its 95% margin where it "
    "has one. Dotted: the path needed. Hatched: no figure."
)
PURPOSE = (
    "This report shows, for each promise, where it stands, how sure that is, and what each figure rests on. The committee is asked to "
    "challenge what is off course and what nobody can tell."
)
FOOT = "Verdicts are worked out by rule from published figures. Each number’s source is listed at the end and in the annex."
COLUMNS = (Column("No."), Column("Promise"), Column("Due"), Column("Latest", number=True), Column("Needed", number=True), Column("Verdict"))


@dataclass(frozen=True)
class About:
    """What the report is on: a strategy or a set of ambitions, whose, and what else the committee should know."""

    title: str
    body: str
    as_of: date
    snapshot: SnapshotFacts | None
    background: tuple[str, ...] = ()


def paper(about: About, answers: Sequence[Answer], consulted: tuple[Block, ...] = (), headings: Mapping[Part, str] | None = None) -> Paper:
    """The whole report. The same answers of the same day give the same report."""
    lines = (Paragraph(standing(answers), Voice.ANSWER), *findings(answers))
    parts: dict[Part, tuple[Block, ...]] = {
        Part.PURPOSE: (Paragraph(PURPOSE),),
        Part.FINDINGS: lines,
        Part.CONSULTATION: consulted,
        Part.PAPERS: _background(about),
    }
    day = f"{about.as_of.day} {about.as_of:%B %Y}"
    title, line = f"{about.title}: where its promises stand", f"Report to scrutiny · {day}"
    return Paper(title, about.body, line, about.as_of, report(parts, headings), FOOT)


def standing(answers: Sequence[Answer]) -> str:
    """“Of 11 promises: 1 on course, 2 at risk, 7 missed, 1 cannot tell.” In the words of the table."""
    if not answers:
        return "No promise is made in it yet."
    counts = Counter(heading(one) for one in sorted(answers, key=lambda one: ORDER.index(one.verdict)))
    said = [f"{count} {words.lower()}" for words, count in counts.items()]
    many = "the one promise" if len(answers) == 1 else f"{len(answers)} promises"
    return f"Of {many}: {', '.join(said)}."


def findings(answers: Sequence[Answer]) -> tuple[Block, ...]:
    """The table of promises, then each in full; headings are of level 2 and below."""
    if not answers:
        return ()
    rows = tuple(_row(place, one) for place, one in enumerate(answers, 1))
    table = Table("Promises and where they stand", COLUMNS, rows, note=NO_FIGURE)
    return (table, *(block for place, one in enumerate(answers, 1) for block in _promise(place, one)))


def _row(place: int, answer: Answer) -> tuple[Words, ...]:
    due = f"{answer.due.day} {answer.due:%b %Y}" if answer.due else "no date"
    point, unit = answer.latest, unit_of(answer)
    latest: Words = (_number(answer, point),) if point else "–"
    needed = shown(point.target, unit) if point and point.target is not None else "–"
    return (str(place), answer.title, due, latest, needed, (Strong(heading(answer)),))


def _promise(place: int, answer: Answer) -> list[Block]:
    """One promise: its words, and each of its parts."""
    blocks: list[Block] = [
        Heading(f"{place}. {answer.title}", 2),
        Paragraph((f"“{answer.words}” ", Strong(f"Answers for it: {answer.owner}."))),
    ]
    for read in answer.choices:
        if read.chosen:
            blocks.append(Paragraph(f"Read as: {read.title}. {' '.join(read.why.split())}", Voice.NOTE))
    for number, part in enumerate(answer.parts or (answer,), 1):
        if answer.parts:
            blocks.append(Heading(f"{place}.{number} {part.title}", 3))
        blocks += _part(part, f"p{place}-{number}")
    return blocks


def _part(answer: Answer, key: str) -> list[Block]:
    """The promise as it is checked, the verdict with its sentence and number, how sure, how old; the picture; what is missing."""
    blocks: list[Block] = [Paragraph(words) for words in (promise_words(answer),) if words]
    point = answer.latest
    verdict = _verdict(answer)
    blocks.append(Paragraph((*verdict, " Figure: ", _number(answer, point), ".") if point else verdict))
    sure = [margin_words(answer, point), f"Release: {point.release.words}."] if point else []
    told = " ".join(words for words in (*sure, age_words(answer), chance_sentence(answer)) if words)
    if told:
        blocks.append(Paragraph(told, Voice.NOTE))
    drawn = on_paper(answer, key, f"{answer.title}. {path_title(answer)}")
    if drawn.svg and len(answer.points) > 1:
        blocks.append(picture(drawn, KEY))
    if answer.missing:
        blocks.append(Bullets(tuple(_missing(one) for one in answer.missing)))
    return blocks


def _verdict(answer: Answer) -> tuple[Run, ...]:
    """Its sentence, the verdict at its beginning standing out."""
    head, sentence = heading(answer), verdict_words(answer)
    return (Strong(head), sentence.removeprefix(head)) if sentence.startswith(head) else (Strong(f"{head}. "), sentence)


def _missing(one: Missing) -> str:
    why = one.why.rstrip(".")
    return f"Missing: {one.series}, {one.years}: {why}. {one.remedy}".strip()


def _number(answer: Answer, point: Point | None) -> Number:
    """The figure that a verdict rests on, with its trail."""
    if point is None:
        return Number("–")
    return Number(shown(point.value, unit_of(answer)), trail_of(answer, point), point.value)


def trail_of(answer: Answer, point: Point) -> str:
    """Measure, place and year; how firm; which file and row, or how it was worked out."""
    what = answer.measure.title if answer.measure else answer.title
    sources = "; ".join(_source(one) for one in (*point.readings[:1], *point.beside[:1]))
    worked = f"{point.worked.rstrip('.')}. " if point.worked else ""
    return f"{what}, {answer.area_name}, {point.year}, {point.release.words}. {worked}{sources}".strip()


def _source(reading: Reading) -> str:
    row = f", row {reading.source_row}" if reading.source_row is not None else ""
    return f"{reading.place_name}: {reading.source_file or reading.source}{row}"


def _background(about: About) -> tuple[Block, ...]:
    facts = about.snapshot
    rests = [f"Figures: snapshot {facts.id}, library {facts.library_digest[:12]}."] if facts else []
    return (Bullets((*about.background, *rests, f"As known on {about.as_of.day} {about.as_of:%B %Y}.")),)
