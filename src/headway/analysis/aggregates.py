"""Schools added up to their authority, its region and England, for every measure, year and the whole cohort.

Where cohort sizes are published the area's value is Σ(value × cohort) / Σ cohort; where they are not it is the plain
mean over schools, and says so. Only state-funded schools count, as in the published figures of areas; how many schools
were withheld, gave no figure or have no cohort size is counted beside every value. Sums are of decimals, so that they do not depend
on the order in which the engine meets the rows: two builds of the same files give the same bytes.
"""

from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.membership import placed
from headway.analysis.readings import SCHEMA as READING
from headway.vocabulary.place import ENGLAND
from headway.vocabulary.status import Release, Status

if TYPE_CHECKING:
    from ibis.expr.types import Table

KEY = ["level", "place", "measure", "year", "cut"]
WORKED = "worked"  # stands in the column `table` of what Headway worked out itself
MOST_WITHOUT = 0.5  # of schools with a value: with more lacking a cohort size the mean is a plain one
INDEPENDENT, SPECIAL = "independent", "special"
AREAS = ["authority", "region", "england"]
EXACT = "decimal(38, 9)"


def exact_sum(amount: Any, where: Any = None) -> Any:
    """The sum of amounts taken to nine places, the same in whatever order they are added."""
    return amount.try_cast(EXACT).sum(where=where).cast("float64")


def exact_mean(amount: Any, where: Any = None) -> Any:
    return exact_sum(amount, where) / amount.count(where=where).nullif(0)


def aggregate(readings: "Table", lists: "Table", unweighted: list[str] | None = None, regions: "Table | None" = None) -> "Table":
    """School readings of the whole cohort → one row for each authority, region and England, measure and year.

    KEY, value, numerator, denominator (Σ cohort), weighted (by cohort), mainstream (the same without special schools),
    schools (with a figure used), withheld, without_figure, without_cohort, independent (left out), other_list (placed by
    a list of another year), release (the least firm). `lists` is as membership.SCHEMA; `unweighted` names the measures
    that are never weighted; `regions` (authority, region) tells which authority is in which, and without it there are none.
    """
    school = readings.filter(readings.level == "school", readings.cut == "all", readings.release != str(Release.EARLY))
    members = placed(school, lists)
    joined = school.left_join(members, ["place", "year"]).drop("place_right", "year_right")
    plain = _areas(_marked(joined, unweighted or []), regions)
    return plain.filter(plain.schools > 0)


def _marked(school: "Table", unweighted: list[str]) -> "Table":
    """Each school's part in its area: its weight, and in which of the counts it stands."""
    independent = school.governance.lower().contains(INDEPENDENT).fill_null(False)
    has_value = school.value.notnull()
    has_cohort = (school.denominator > 0).fill_null(False)
    free = school.measure.isin(unweighted) if unweighted else ibis.literal(False)
    return school.mutate(
        independent=independent, counts=~independent, has_value=has_value, has_cohort=has_cohort & ~free, special=_is_special(school)
    )


def _is_special(school: "Table") -> Any:
    return (school.phase.lower().contains(SPECIAL) | school.phase.lower().contains("alternative")).fill_null(False)


def _areas(school: "Table", regions: "Table | None") -> "Table":
    columns = [
        "measure",
        "year",
        "cut",
        "value",
        "denominator",
        "status",
        "release",
        "independent",
        "counts",
        "has_value",
        "has_cohort",
        "special",
        "list_year",
    ]
    of_authority = school.filter(school.authority.notnull()).select(*columns, level=ibis.literal("authority"), area=lambda t: t.authority)
    of_england = school.select(*columns, level=ibis.literal("england"), area=ibis.literal(ENGLAND))
    rows = of_authority.union(of_england)
    if regions is not None:
        known = regions.filter(regions.region != "").select(area=regions.authority, part_of=regions.region)
        rows = rows.union(
            of_authority.inner_join(known, "area").mutate(level=ibis.literal("region"), area=lambda t: t.part_of).select(*rows.columns)
        )
    rows = rows.mutate(used=rows.counts & rows.has_value, sized=rows.counts & rows.has_value & rows.has_cohort)
    summed = rows.group_by(["level", "area", "measure", "year", "cut"]).aggregate(
        with_value=rows.used.sum(),
        with_cohort=rows.sized.sum(),
        withheld=(rows.counts & rows.status.isin([str(Status.SUPPRESSED), str(Status.LOW_COUNT)]) & ~rows.has_value).sum(),
        without_figure=(rows.counts & ~rows.has_value & ~rows.status.isin([str(Status.SUPPRESSED), str(Status.LOW_COUNT)])).sum(),
        independent=rows.independent.sum(),
        other_list=(rows.used & (rows.list_year != rows.year)).sum(),
        cohort=exact_sum(rows.denominator, rows.sized),
        weighted_sum=exact_sum(rows.value * rows.denominator, rows.sized),
        plain_mean=exact_mean(rows.value, rows.used),
        mainstream_cohort=exact_sum(rows.denominator, rows.sized & ~rows.special),
        mainstream_sum=exact_sum(rows.value * rows.denominator, rows.sized & ~rows.special),
        mainstream_mean=exact_mean(rows.value, rows.used & ~rows.special),
        firmness=ibis.cases(*[(rows.release == str(release), release.rank) for release in Release], else_=0).min(where=rows.used),
    )
    weighted = (summed.with_cohort > 0) & (summed.with_cohort >= MOST_WITHOUT * summed.with_value)
    summed = summed.mutate(weighted=weighted)
    return summed.select(
        "level",
        "measure",
        "year",
        "cut",
        "weighted",
        "withheld",
        "without_figure",
        "independent",
        place=summed.area,
        value=ibis.ifelse(weighted, summed.weighted_sum / summed.cohort, summed.plain_mean),
        numerator=ibis.null("float64"),
        denominator=ibis.ifelse(weighted, summed.cohort, None),
        mainstream=ibis.ifelse(weighted, summed.mainstream_sum / summed.mainstream_cohort.nullif(0), summed.mainstream_mean),
        schools=ibis.ifelse(weighted, summed.with_cohort, summed.with_value),
        without_cohort=summed.with_value - summed.with_cohort,
        other_list=summed.other_list,
        release=ibis.cases(*[(summed.firmness == release.rank, str(release)) for release in Release], else_=str(Release.FINAL)),
        firmness=summed.firmness,
    )


def fillers(aggregate: "Table", readings: "Table") -> "Table":
    """Readings, in the columns of analysis.readings.SCHEMA, of areas that have no published one; only weighted values.

    Their `table` is `worked` and their `row` is 0: they rest on many rows. Nothing is worked out where more than a tenth of
    the schools are withheld or give no figure, since the rest may not speak for them.
    """
    published = readings.filter(readings.level.isin(AREAS)).select(*KEY).distinct()  # withheld is an answer too
    lost = aggregate.withheld + aggregate.without_figure + aggregate.without_cohort
    whole = aggregate.filter(aggregate.weighted, lost * 10 <= aggregate.schools + lost)
    free = whole.anti_join(published, KEY)
    made = free.mutate(
        lower=ibis.null("float64"),
        upper=ibis.null("float64"),
        status=ibis.literal(str(Status.PUBLISHED)),
        marker=ibis.literal(""),
        prefer=ibis.literal(-1),
        landed_at=ibis.literal(""),
        table=ibis.literal(WORKED),
        file_id=ibis.literal(WORKED),
        row=ibis.literal(0),
    )
    return made.cast({name: kind for name, kind in READING.items() if name in made.columns}).select(*READING.names)
