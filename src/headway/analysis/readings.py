"""Turns the texts of landed files into readings: one row for each measure, place, year and cut that a file supplies."""

from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.texts import ABSENT, PARTS
from headway.vocabulary.status import Status

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

# Candidates hold every release of every cell; `best` keeps the newest and firmest of each.
SCHEMA = ibis.schema(
    {
        "level": "string", "place": "string", "measure": "string", "year": "int16", "cut": "string",
        "value": "float64", "numerator": "float64", "denominator": "float64", "lower": "float64", "upper": "float64",
        "status": "string", "marker": "string", "release": "string", "firmness": "int16", "prefer": "int16",
        "landed_at": "string", "table": "string", "file_id": "string", "row": "int64",
    }
)  # fmt: skip
CUT = r"^(all|[a-z0-9_]+=[a-z0-9_]+(&[a-z0-9_]+=[a-z0-9_]+)*)$"


def number(text: "StringValue") -> Any:
    """A published cell as a number: 63.9%, £45,884 and -0.49 are; markers, NaN and infinities are not."""
    value = text.replace("%", "").replace("£", "").replace(",", "").try_cast("float64")
    return ibis.ifelse(value.isnan() | value.isinf(), None, value)


def numbers(text: "Table", want: "Table", file: "Table") -> "Table":
    """The texts whose year and level their measure covers, with what is known of want and file, and each part as a number.

    `text` has the columns of texts.SCHEMA; `want` and `file` those of Wanted.facts and file_facts.
    """
    asked = text.inner_join(want, "want")
    asked = asked.mutate(year=asked.first_year - asked.years_back)
    kept = asked.filter(asked.year.between(asked.first, asked.last), asked.levels.contains(asked.level)).inner_join(file, "file_id")
    told = ibis.ifelse(kept.value == ABSENT, kept.numerator, kept.value)
    kept = kept.mutate(unfilled=kept.unfilled_at.contains("|" + kept.year.cast("string") + ":" + told + "|").fill_null(False))
    return kept.mutate(**{f"{part}_number": number(kept[part]) for part in PARTS})


def clean(numbered: "Table", marker: "Table") -> "Table":
    """Numbers and texts to values and states → the columns of SCHEMA and `formula`.

    A state that withholds takes its counts and limits with it; so does a column that is known not to be filled. A row that names a cut
    which is not one gives nothing.
    """
    table = numbered
    absent = (table.value == ABSENT) | (table.early & (table.value == "") & table.denominator_number.notnull())
    worked = ibis.ifelse(table.denominator_number > 0, table.numerator_number / table.denominator_number, None)
    value = ibis.ifelse(absent, worked * ibis.ifelse(table.percent, 100.0, 1.0), table.value_number) * table.scale
    value = ibis.ifelse(table.unfilled, None, value)
    said = ibis.ifelse(absent, ibis.ifelse(table.numerator_number.isnull(), table.numerator, table.denominator), table.value)
    table = table.mutate(number=value, told=said, said=said.lower())
    table = table.left_join(marker, ["table", "said"]).drop("table_right", "said_right")
    stated = ibis.ifelse(table.unfilled, str(Status.NOT_PUBLISHED), ibis.coalesce(table.state, str(Status.MISSING)))
    table = table.mutate(
        status=ibis.ifelse(table.number.notnull(), str(Status.PUBLISHED), stated),
        marker=ibis.ifelse(table.number.notnull(), "", table.told),
    )
    open_counts = ~table.status.isin([str(Status.SUPPRESSED), str(Status.LOW_COUNT)]) & ~table.unfilled
    counts = {part: ibis.ifelse(open_counts, table[f"{part}_number"], None) for part in PARTS if part != "value"}
    own = ibis.ifelse(table.own_cut == "", table.cut, table.own_cut)
    cuts = ibis.cases((table.phase_cut == "all", own), (own == "all", table.phase_cut), else_=_joined(own, table.phase_cut))
    made = table.mutate(**counts, value=table.number, cut=cuts)
    return made.filter(made.cut.re_search(CUT)).cast(dict(SCHEMA.items())).select(*SCHEMA.names, "formula")


def _joined(first: Any, second: Any) -> Any:
    """Two cuts as one, parts in order, as vocabulary.cut.parse_cut writes them."""
    return ibis.ifelse(first < second, first + "&" + second, second + "&" + first)


def cell(candidate: "Table") -> Any:
    """A number for the cell of a reading. Two cells may share one, seldom: good for finding cells that may have rivals."""
    key = candidate.place.hash()
    for name in ("level", "measure", "year", "cut"):
        key = key ^ candidate[name].hash()
    return key


def rivals(candidate: "Table") -> "Table":
    """The readings whose cell has more than one, and `line`, their row in the stored table `candidate`.

    Most cells have one reading. Finding the others by a number of the cell is cheaper than lining up all of them.
    """
    numbered = candidate.mutate(cell=cell(candidate), line=candidate.rowid())
    counted = numbered.group_by("cell").aggregate(many=numbered.count())
    return numbered.semi_join(counted.filter(counted.many > 1), "cell").drop("cell")


def best(candidate: "Table") -> "Table":
    """Of each cell the reading to show: the firmest release; of equals the preferred layout, then the newest landed.

    A cell with a number beats one without in an equally firm release: a file of one authority fills what a
    trimmed national file left blank.
    """
    order = [
        candidate.firmness.desc(),
        candidate.value.isnull().asc(),
        candidate.prefer.desc(),
        candidate.denominator.isnull().asc(),
        candidate.landed_at.desc(),
        candidate.file_id.asc(),
        candidate.row.asc(),
    ]
    window = ibis.window(group_by=["level", "place", "measure", "year", "cut"], order_by=order)
    ranked = candidate.mutate(place_in_line=ibis.row_number().over(window))
    return ranked.filter(ranked.place_in_line == 0).drop("place_in_line")
