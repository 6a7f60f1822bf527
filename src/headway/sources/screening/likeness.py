"""How alike two tables are: their measured cells, place by place, with numbers compared as numbers."""

from dataclasses import dataclass

from headway.sources.screening.subject import Subject
from headway.store.engine import named, quoted
from headway.store.landed import LandedFile

MOST_COLUMNS = 12  # compared when only the likeness matters


@dataclass(frozen=True)
class Likeness:
    """Cells of shared places and columns that both hold a number in: how many, and how many of them are equal."""

    compared: int
    equal: int
    added: int  # places in the new table only
    removed: int  # places in the other only
    columns: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.equal / self.compared if self.compared else 0.0


def plain(cell: str) -> str:
    """SQL for a cell without its trimmings: numbers without sign of percent, pounds or grouping, other text as it is."""
    text = f"trim({cell})"
    number = f"try_cast(replace(replace(replace({text}, '%', ''), '£', ''), ',', '') AS DOUBLE)"
    return f"coalesce(round({number}, 6)::VARCHAR, lower({text}))"


def shared_columns(subject: Subject, file: LandedFile) -> list[tuple[str, str]]:
    there = {name.lower(): name for name in file.columns}
    return [(name, there[name.lower()]) for name in subject.marked if name.lower() in there]


def likeness(subject: Subject, file: LandedFile, most: int = MOST_COLUMNS) -> Likeness:
    """School rows of both, joined on the URN. Only cells in which both hold a number other than zero count."""
    key = subject.definition.key.get("urn", "")
    urn = {name.lower(): name for name in file.columns}.get(key.lower())
    columns = [pair for pair in shared_columns(subject, file) if subject.briefs[pair[0].lower()].n][:most]
    if not urn or not columns:
        return Likeness(0, 0, 0, 0, ())
    mine = ", ".join(f"any_value({plain('c.' + named(ours))}) AS a{at}" for at, (ours, _) in enumerate(columns))
    others = ", ".join(f"any_value({plain('c.' + named(other))}) AS b{at}" for at, (_, other) in enumerate(columns))
    known = [f"coalesce(try_cast(a{at} AS DOUBLE) <> 0 AND try_cast(b{at} AS DOUBLE) IS NOT NULL, false)" for at in range(len(columns))]
    counted = " + ".join(f"{one}::INT" for one in known)
    equal = " + ".join(f"({one} AND a{at} = b{at})::INT" for at, one in enumerate(known))
    sql = (
        f"WITH a AS (SELECT l.place, {mine} FROM located l JOIN read_parquet({quoted(str(subject.landing.cells))}) c USING (row) "
        f"WHERE l.level = 'school' GROUP BY l.place), "
        f"b AS (SELECT trim(c.{named(urn)}) AS place, {others} FROM read_parquet({quoted(str(file.path))}) c "
        f"WHERE regexp_full_match(trim(c.{named(urn)}), '[1-9][0-9]{{5}}') GROUP BY 1) "
        f"SELECT coalesce(sum({counted}), 0), coalesce(sum({equal}), 0), "
        "count(*) FILTER (WHERE b.place IS NULL), count(*) FILTER (WHERE a.place IS NULL) FROM a FULL JOIN b USING (place)"
    )
    compared, same, added, removed = subject.ask(sql)[0]
    return Likeness(int(compared), int(same), int(added), int(removed), tuple(ours for ours, _ in columns))
