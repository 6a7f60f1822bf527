"""Numbers that the measure cannot take."""

from headway.sources.screening.numbers import Brief
from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, share, some

MOST_OUTSIDE = 0.01
ENOUGH = 10


def check(subject: Subject) -> list[CheckResult]:
    few: dict[str, int] = {}
    many: dict[str, float] = {}
    for use, name, brief in subject.judged():
        if use.range is None or not brief.n:
            continue
        outside = _outside(brief, use.range[0] / use.scale, use.range[1] / use.scale)
        if outside > MOST_OUTSIDE and outside * brief.n >= ENOUGH:
            many[name] = outside
        elif outside:
            few[name] = round(outside * brief.n)
    found: list[CheckResult] = []
    if many:
        listed = some([f"{name} ({share(part)} of its numbers)" for name, part in many.items()])
        message = f"Impossible for {'their measures' if len(many) > 1 else 'its measure'}: {listed}."
        found.append(
            refused(
                "expected_range",
                "H-DATA-41",
                message,
                "The columns may be mislabelled or in another unit: compare them with the publisher's own page.",
            )
        )
    if few:
        listed = some([f"{name} ({counted(count, 'cell')})" for name, count in few.items()])
        found.append(
            told(
                "expected_range",
                "H-DATA-41",
                f"A few numbers lie outside what is possible: {listed}.",
                "Compare them with the publisher's own page.",
            )
        )
    return found or [fine("expected_range")]


def _outside(brief: Brief, low: float, high: float) -> float:
    slack = 1e-9 * max(1.0, abs(high))
    return brief.share((brief.values < low - slack) | (brief.values > high + slack))
