"""The grade that stood at the end of each academic year, school by school, and the shares of good and outstanding schools."""

from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.readings import SCHEMA as READING
from headway.store import tables
from headway.vocabulary.place import ENGLAND
from headway.vocabulary.status import Release, Status

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

FIRST, LAST = 2012, 2023  # 31 August 2013, the first list being of December 2013, to 31 August 2024, the last of the four grades
BASELINE = 2013  # the fixed set: schools maintained in the first list
REACHED = 0.9  # of an area's open schools must be on a list of grades of that day or later
WORKED = "worked"
STANDING, SCHOOLS, PUPILS = (
    "inspection.overall_effectiveness",
    "inspection.good_or_outstanding_schools",
    "inspection.good_or_outstanding_pupils",
)


def standing(backend: "Backend") -> None:
    """Make the table `standing` (urn, year, grade and where it was told, reached) and add school readings to `candidate`."""
    if not tables.exists(backend.con, "establishment_year"):
        return
    tables.create(backend, "standing", _standing(backend))
    told = backend.table("standing").filter(lambda t: t.grade.notnull())
    made = worked_reading(
        told, level="school", place=told.urn.cast("string"), measure=STANDING, cut=ibis.literal("all"), value=told.grade,
        numerator=None, denominator=None, table=told.source, file_id=told.file_id, row=told.row, marker=told.of_predecessor,
    )  # fmt: skip
    if tables.exists(backend.con, "candidate"):
        tables.append(backend, "candidate", made)


def _standing(backend: "Backend") -> "Table":
    """Each school open in a year, and its newest overall grade of an inspection up to 31 August; since 2018 a school not yet
    inspected itself stands with its predecessor's, as Ofsted counts it, and says so."""
    years = backend.table("establishment_year")
    known = years.filter(years.open, years.year.between(FIRST, LAST), years.governance != "independent", years.governance != "college")
    ends = known.mutate(day=ibis.date(known.year + 1, 8, 31))
    who = backend.table("establishment").select("urn", "opened", "closed")
    ends = ends.left_join(who, "urn").drop("urn_right")
    ends = ends.filter((ends.opened.isnull()) | (ends.opened <= ends.day), (ends.closed.isnull()) | (ends.closed >= ends.day))
    graded = backend.table("inspection").filter(lambda t: t.judgement == "overall_effectiveness", lambda t: t.scale == "four_grades")
    own = graded.select("urn", "inspected", "grade", "source", "file_id", "row", own=ibis.literal(1))
    chain = backend.table("chain").select("urn", "of_urn")
    before = chain.inner_join(
        graded.select(of_urn=graded.urn, **{n: graded[n] for n in ("inspected", "grade", "source", "file_id", "row")}), "of_urn"
    )
    past = before.select("urn", "inspected", "grade", "source", "file_id", "row", own=ibis.literal(0))
    every = own.union(past)
    joined = ends.left_join(every, [ends.urn == every.urn, every.inspected <= ends.day, (every.own == 1) | (ends.year >= 2017)])
    order = ibis.window(
        group_by=["urn", "year"], order_by=[joined.own.desc(nulls_first=False), joined.inspected.desc(nulls_first=False), joined.row]
    )
    ranked = joined.mutate(line=ibis.row_number().over(order))
    one = ranked.filter(ranked.line == 0)
    reach = backend.table("rated").group_by("urn").aggregate(reach=lambda t: t.known.max())
    one = one.left_join(reach, "urn")
    near = one.day - ibis.interval(days=31)  # a list of 31 July tells of the end of its year
    reached = (one.reach >= near).fill_null(False) | (one.inspected > one.reach).fill_null(False)
    return one.select(
        "urn", "year", "authority", "phase", "maintained", "inspected", "source", "file_id", "row",
        grade=ibis.ifelse(reached, one.grade, None).cast("float64"),
        of_predecessor=ibis.ifelse(one.own == 0, "of predecessor", ""),
        reached=reached,
    )  # fmt: skip


def shares(backend: "Backend") -> None:
    """Add the shares of schools and of pupils to `chosen`: by area, phase and variant of who counts."""
    if not tables.exists(backend.con, "standing"):
        return
    rolled = _with_roll(backend)
    for measure, weight in ((SCHOOLS, rolled.one), (PUPILS, rolled.roll)):
        found = _shares(_variants(backend, rolled.mutate(weight=weight)), measure)
        tables.create(backend, "share", found)
        tables.append(backend, "chosen", backend.table("share").select(*backend.table("chosen").columns))
    backend.con.execute("DROP TABLE share; DROP TABLE standing; DROP TABLE rated")


def _with_roll(backend: "Backend") -> "Table":
    """Each school's roll in the year, or in the nearest year that tells it."""
    standing, chosen = backend.table("standing"), backend.table("chosen")
    rolls = chosen.filter(chosen.measure == "context.roll", chosen.cut == "all", chosen.level == "school", chosen.value > 0)
    rolls = rolls.select(urn=rolls.place.cast("int64"), of_year=rolls.year.cast("int64"), roll=rolls.value)
    joined = standing.left_join(rolls, "urn").drop("urn_right")
    order = ibis.window(group_by=["urn", "year"], order_by=[(joined.of_year - joined.year).abs(), joined.of_year])
    ranked = joined.mutate(line=ibis.row_number().over(order))
    return ranked.filter(ranked.line == 0).mutate(one=ibis.literal(1.0))


def _variants(backend: "Backend", schools: "Table") -> "Table":
    """Every school once for each way of counting it belongs to: all, maintained then, and the fixed set of 2013 with what it became."""
    years = backend.table("establishment_year")
    first = years.filter(years.year == BASELINE, years.maintained, years.open).select("urn")
    chain = backend.table("chain")
    became = chain.inner_join(first.select(of_urn=first.urn), "of_urn").select("urn")
    fixed = first.union(became, distinct=True)
    names = ["urn", "year", "authority", "phase", "grade", "reached", "weight"]
    every = schools.select(*names, of=ibis.literal("all"))
    then = schools.filter(schools.maintained).select(*names, of=ibis.literal("of=maintained_then"))
    baseline = schools.semi_join(fixed, "urn").select(*names, of=ibis.literal("of=baseline_2013"))
    return every.union(then).union(baseline)


def _shares(schools: "Table", measure: str) -> "Table":
    columns = ["year", "grade", "reached", "weight"]
    phased = schools.union(schools.mutate(phase=ibis.literal("")))
    cut = ibis.cases(
        (phased.phase == "", phased.of), (phased.of == "all", "phase=" + phased.phase), else_=phased.of + "&phase=" + phased.phase
    )
    phased = phased.mutate(cut=cut)
    areas = phased.filter(phased.authority.notnull()).select(*columns, "cut", level=ibis.literal("authority"), place=phased.authority)
    both = areas.union(phased.select(*columns, "cut", level=ibis.literal("england"), place=ibis.literal(ENGLAND)))
    graded = both.grade.notnull() & both.weight.notnull()
    summed = both.group_by(["level", "place", "year", "cut"]).aggregate(
        numerator=both.weight.sum(where=graded & (both.grade <= 2)),
        denominator=both.weight.sum(where=graded),
        reach=both.reached.cast("float64").mean(),
    )
    kept = summed.filter(summed.reach >= REACHED, summed.denominator > 0)
    kept = kept.mutate(numerator=kept.numerator.fill_null(0.0))
    return worked_reading(
        kept, level=kept.level, place=kept.place, measure=measure, cut=kept.cut, value=100 * kept.numerator / kept.denominator,
        numerator=kept.numerator, denominator=kept.denominator, table=WORKED, file_id=WORKED, row=0, marker="",
    )  # fmt: skip


def worked_reading(rows: "Table", **given: Any) -> "Table":
    """Rows in the columns of readings.SCHEMA: `year` is the rows' own, what is not given is as for a final published figure."""
    fixed = {
        "lower": ibis.null("float64"), "upper": ibis.null("float64"), "status": str(Status.PUBLISHED), "release": str(Release.FINAL),
        "firmness": Release.FINAL.rank, "prefer": 0, "landed_at": "", "year": rows.year,
    }  # fmt: skip
    plain = {name: ibis.null("float64") if value is None else value for name, value in {**fixed, **given}.items()}
    literal = {name: ibis.literal(value) if isinstance(value, (str, int, float)) else value for name, value in plain.items()}
    return rows.select(**literal).cast(READING).select(*READING.names)
