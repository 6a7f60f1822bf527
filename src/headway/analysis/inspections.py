"""Every judgement of every inspection, each on its own scale; what a predecessor was given stays the predecessor's."""

from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis import inspection_judgements, inspection_shares
from headway.analysis import published_words as words
from headway.analysis.register_rows import known_on
from headway.definitions.loading import Library
from headway.store import tables
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

SCHEMA = ibis.schema(
    {
        "urn": "int64", "inspected": "date", "published": "date", "scale": "string", "judgement": "string", "grade": "string",
        "words": "string", "source": "string", "file_id": "string", "row": "int64", "firm": "int64", "listed": "int64",
    }
)  # fmt: skip
KEPT = SCHEMA.names[:10]
FOUR = "four_grades"
INFORMATION, MANAGEMENT, HISTORY, AREAS = (
    "performance_tables.school_list", "ofsted.management_information", "ofsted.history", "ofsted.graded_areas",
)  # fmt: skip
FIRMNESS = {MANAGEMENT: 3, AREAS: 3, INFORMATION: 2, HISTORY: 1}
JUDGEMENTS = (
    "overall_effectiveness", "quality_of_education", "behaviour_and_attitudes", "personal_development", "leadership_and_management",
    "early_years", "sixth_form", "achievement", "behaviour", "teaching",
)  # fmt: skip
SAME_VISIT = 14  # days: sources give the first day, the last, or the day between


def inspections(backend: "Backend", files: list[LandedFile], library: Library) -> None:
    """Make the table `inspection` from every layout that tells grades; establishments and chains come first."""
    scales = library.lists.get("inspection_scales") or {}
    tables.empty(backend, "judged", SCHEMA)
    tables.empty(backend, "rated", ibis.schema({"urn": "int64", "known": "date"}))
    for file in files:
        for found in _of_file(tables.cells(backend, file), file, scales):
            tables.append(backend, "judged", found.filter(found.urn.notnull(), found.grade.notnull()).cast(SCHEMA).select(*SCHEMA.names))
        _remember(backend, file)
    tables.create_sorted(backend, "inspection", _worded(_once(_own(backend)), scales[FOUR]).select(*KEPT))
    backend.con.execute("DROP TABLE judged")
    inspection_judgements.judgements(backend, library)
    inspection_shares.standing(backend)


def _worded(table: "Table", scale: dict[str, Any]) -> "Table":
    """The four grades in words: the third was satisfactory until 31 August 2012."""
    early = (table.inspected < ibis.date(2012, 9, 1)) & table.grade.isin(list(scale["earlier_words"]))
    word = ibis.ifelse(early, table.grade.substitute(scale["earlier_words"]), table.grade.substitute(scale["grades"]))
    return table.mutate(words=ibis.ifelse(table.scale == FOUR, word, table.words))


def _remember(backend: "Backend", file: LandedFile) -> None:
    """Which schools a list of grades reaches up to which day; outside them a standing grade cannot be known."""
    if file.table not in FIRMNESS or (file.table == INFORMATION and "OFSTEDRATING" not in file.columns):
        return
    table = tables.cells(backend, file)
    urn = words.urn(words.text(table, "URN").fill_null(""))
    if file.table == HISTORY:
        newest = words.day(words.text(table, "inspected"))
        told = table.select(urn=urn, known=ibis.literal(table.aggregate(day=newest.max()).to_pyarrow()["day"][0].as_py()))
    else:
        told = table.select(urn=urn, known=ibis.literal(known_on(file)))
    tables.append(backend, "rated", told.filter(told.urn.notnull()).cast({"known": "date"}))


def _of_file(table: "Table", file: LandedFile, scales: dict[str, Any]) -> list["Table"]:
    if file.table == AREAS:
        return [_areas(table, file, scales)]
    if file.table == INFORMATION and "OFSTEDRATING" in file.columns:
        return [_graded(table, file, scales, {"overall_effectiveness": "OFSTEDRATING"}, ("OFSTEDLASTINSP", "", "URN"))]
    if file.table not in (MANAGEMENT, HISTORY):
        return []
    there = set(file.columns)
    found = []
    for before, at in (("", "inspected_urn"), ("previous_", "previous_urn")):
        judged = {judgement: before + judgement for judgement in JUDGEMENTS if before + judgement in there}
        if judged and f"{before}inspected" in there:
            when = (f"{before}inspected", f"{before}published", at if at in there else "URN")
            found.append(_graded(table, file, scales, judged, when))
    return found


def _graded(table: "Table", file: LandedFile, scales: dict[str, Any], judged: dict[str, str], when: tuple[str, str, str]) -> "Table":
    """The judgements of four grades that one row tells of one visit, by their columns. 0, 8 and 9 are none, and nothing
    else is read as one. The visit's school and days are read once for all of them."""
    scale = scales[FOUR]
    told = [ibis.struct({"judgement": judgement, "grade": words.text(table, column)}) for judgement, column in judged.items()]
    visits = table.select(
        urn=words.urn(ibis.coalesce(words.text(table, when[2]), words.text(table, "URN"), "")),
        inspected=words.day(words.text(table, when[0])),
        published=words.day(words.text(table, when[1])),
        scale=ibis.literal(FOUR),
        told=ibis.array(told),
        words=ibis.literal(""),
        **_source(table, file),
    )
    long = visits.mutate(told=visits.told.unnest())
    codes = {word.lower(): code for code, word in scale["grades"].items()} | {str(key): str(value) for key, value in scale["also"].items()}
    grade = long.told["grade"].re_replace(r"\.0$", "").lower().substitute(codes)
    return long.mutate(judgement=long.told["judgement"], grade=ibis.ifelse(grade.isin(list(scale["grades"])), grade, None)).drop("told")


def _source(table: "Table", file: LandedFile) -> dict[str, Any]:
    return {
        "source": ibis.literal(file.table),
        "file_id": ibis.literal(file.id),
        "row": table.row,
        "firm": ibis.literal(FIRMNESS[file.table]),
        "listed": ibis.literal(known_on(file).toordinal()),
    }


def _areas(table: "Table", file: LandedFile, scales: dict[str, Any]) -> "Table":
    """Judged areas since September 2024, in our own template: the grade is kept as the scale's own code."""
    named = [scale for scale in scales if scale != FOUR]
    scale, area = words.text(table, "Scale"), words.text(table, "Area").lower().re_replace(r"[^a-z0-9]+", "_")
    told = words.text(table, "Grade")
    branches, spoken = [], []
    for name in named:
        codes = {str(word).lower(): str(code) for code, word in scales[name]["grades"].items()}
        met = area.isin(scales[name].get("met", []))
        code = told.lower().substitute(codes)
        branches.append((scale == name, ibis.ifelse(met | code.isin([str(key) for key in scales[name]["grades"]]), code, None)))
        spoken.append((scale == name, told))
    return table.select(
        urn=words.urn(words.text(table, "URN").fill_null("")),
        inspected=words.day(words.text(table, "inspected")),
        published=words.day(words.text(table, "published")),
        scale=scale,
        judgement=area,
        grade=ibis.cases(*branches, else_=None),
        words=ibis.cases(*spoken, else_=None),
        **_source(table, file),
    )


def _own(backend: "Backend") -> "Table":
    """Each judgement under the school that was inspected. An inspection before a school opened was of the nearest
    predecessor that had begun by then, of two that ended together the one with the lower URN; where none is known in the register it is
    left out, never shown as the school's own."""
    judged = backend.table("judged")
    if not tables.exists(backend.con, "establishment"):
        return judged
    opened = backend.table("establishment").select("urn", "opened")
    joined = judged.left_join(opened, "urn").drop("urn_right")
    early = (joined.inspected < joined.opened).fill_null(False)
    before = joined.filter(early).inner_join(backend.table("chain"), "urn")
    before = before.filter(before.from_year <= ibis.ifelse(before.inspected.month() >= 9, 0, -1) + before.inspected.year())
    nearest = ibis.window(
        group_by=["urn", "file_id", "row", "judgement", "inspected"],
        order_by=[before.to_year.desc(), before.from_year.desc(), before.of_urn],
    )
    moved = before.mutate(line=ibis.row_number().over(nearest)).filter(lambda t: t.line == 0)
    theirs = moved.mutate(urn=moved.of_urn).select(*SCHEMA.names)
    return joined.filter(~early).select(*SCHEMA.names).union(theirs)


def _once(judged: "Table") -> "Table":
    """Of one visit told by several files the firmest and newest telling; days up to two weeks apart are one visit."""
    order = [judged.inspected.asc(), judged.firm.desc(), judged.listed.desc()]
    line = ibis.window(group_by=["urn", "scale", "judgement"], order_by=order)
    gap = judged.inspected.epoch_days() - judged.inspected.epoch_days().lag().over(line)
    marked = judged.mutate(begins=(gap.isnull() | (gap > SAME_VISIT)).cast("int64"))
    running = ibis.window(group_by=["urn", "scale", "judgement"], order_by=order, preceding=None, following=0)
    visits = marked.mutate(visit=marked.begins.sum().over(running))
    firmest = [visits.firm.desc(), visits.published.isnull(), visits.listed.desc(), visits.row, visits.file_id]
    best = ibis.window(group_by=["urn", "scale", "judgement", "visit"], order_by=firmest)
    ranked = visits.mutate(line=ibis.row_number().over(best))
    return ranked.filter(ranked.line == 0)
