"""Rows that name a Headway measure or cut which the library does not have."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, some
from headway.store.engine import named


def check(subject: Subject) -> list[CheckResult]:
    own = subject.definition.own_columns
    if own is None or own.measure.lower() not in subject.actual or own.cut.lower() not in subject.actual:
        return [fine("own_names")]
    measure, cut = named(subject.actual[own.measure.lower()]), named(subject.actual[own.cut.lower()])
    pairs = subject.ask(f"SELECT trim({measure}), trim({cut}), count(*) FROM read_parquet(?) GROUP BY ALL", [str(subject.landing.cells)])
    strange = {name: 0 for name, _, _ in pairs if name not in subject.library.measures}
    cuts = {text: 0 for name, text, _ in pairs if name in subject.library.measures and not _known(subject, name, text)}
    lost = 0
    for name, text, count in pairs:
        lost += count if name in strange or text in cuts else 0
    if not lost:
        return [fine("own_names")]
    what = [
        f"measures {some([repr(name) for name in strange])}" if strange else "",
        f"cuts {some([repr(cut) for cut in cuts])}" if cuts else "",
    ]
    message = f"{counted(lost, 'row')} name {' and '.join(filter(None, what))}, which the library does not have."
    remedy = "headway measures lists the names and cuts; a mapping can rename those of an export."
    return [(refused if lost == subject.landing.rows else told)("own_names", "H-DATA-45", message, remedy)]


def _known(subject: Subject, measure: str, cut: str) -> bool:
    """`all`, or characteristic=group of a characteristic that the measure is cut by."""
    if cut in ("", "all"):
        return True
    parts = [part.partition("=") for part in cut.split("&")]
    return all(mark and group and name.strip() in subject.library.measures[measure].cuts for name, mark, group in parts)
