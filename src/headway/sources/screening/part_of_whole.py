"""A part above its whole: the higher standard met by more pupils than the expected one. The two columns changed places."""

from headway.definitions.schemas import Supply
from headway.definitions.supplying import supplies_of
from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, share
from headway.store.engine import named

SLACK = 1.0  # points: two figures may have been rounded apart
MOST_ABOVE = 0.01
ENOUGH = 10
NUMBER = "try_cast(replace(replace(trim({}), '%', ''), ',', '') AS DOUBLE)"


def check(subject: Subject) -> list[CheckResult]:
    """Within one table and row, for the whole cohort: no other year is needed to see it."""
    if subject.definition.kind != "wide":
        return [fine("part_of_whole")]
    columns = _whole_cohort(subject)
    pairs = [(part, subject.library.measures[part].part_of) for part in columns]
    found = [_compared(subject, columns[part], columns[whole]) for part, whole in pairs if whole in columns]
    return [result for result in found if result] or [fine("part_of_whole")]


def _whole_cohort(subject: Subject) -> dict[str, str]:
    """Measure → the column, as landed, that holds it for every pupil."""
    supplied = supplies_of(subject.library, subject.definition.id)
    return {
        measure.id: subject.actual[(supply.value or "").lower()]
        for measure, period, supply in supplied
        if _plain(supply) and (supply.value or "").lower() in subject.actual and _holds(period.from_.start, period.until, subject.year)
    }


def _plain(supply: Supply) -> bool:
    return bool(supply.value) and not supply.formula and not supply.where and not supply.years_back


def _holds(first: int, until: object, year: int | None) -> bool:
    last = getattr(until, "start", 9999)
    return year is None or first <= year <= last


def _compared(subject: Subject, part: str, whole: str) -> CheckResult | None:
    low, high = NUMBER.format(named(part)), NUMBER.format(named(whole))
    sql = f"SELECT count(*), count(*) FILTER ({low} > {high} + {SLACK}) FROM read_parquet(?) WHERE {low} IS NOT NULL AND {high} IS NOT NULL"
    rows, above = subject.ask(sql, [str(subject.landing.cells)])[0]
    if not above:
        return None
    message = f"{part} counts a part of {whole} and is above it in {counted(above, 'row')} ({share(above / rows)})."
    if above > MOST_ABOVE * rows and above >= ENOUGH:
        return refused(
            "part_of_whole", "H-DATA-46", f"{message} The columns are mislabelled.", "Compare the header with the publisher's own file."
        )
    return told("part_of_whole", "H-DATA-46", message, "Compare those rows with the publisher's own page.")
