"""Pages' bodies: Jinja2 templates of a noun's folder, strings formatted in Python, everything else escaped."""

from functools import lru_cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from headway.charts import sparkline, trend
from headway.charts.drawing import Chart
from headway.desk.framing.addresses import address
from headway.language.values import plain, status_words, value_words
from headway.readings.answers import MeasureFacts
from headway.vocabulary.number import tenths
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release

BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither high nor low is better"}
UNITS = {
    "percent": "%", "points": "points", "progress": "points of progress", "score": "score", "rate_per_100": "for every 100 pupils",
    "pounds": "pounds", "count": "number", "ratio": "ratio", "grade": "grade",
}  # fmt: skip


@lru_cache(maxsize=32)
def environment(noun: str = "framing") -> Environment:
    """Of the templates of one noun of the desk; the macros are everybody's."""
    folders = [PackageLoader(f"headway.desk.{one}", f"templates/{one}") for one in dict.fromkeys((noun, "framing"))]
    found = Environment(
        loader=ChoiceLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    found.globals |= {"url": address, "cell": cell, "unit": unit_words, "svg": svg,
                      "trend_chart": trend.trend, "spark": sparkline.sparkline, "stamp": stamp, "dash": dash, "brief": brief,
                      "points": points, "figure": value_words}  # fmt: skip
    found.filters |= {
        "day": day,
        "weekday": "{:%A}".format,
        "thousands": lambda number: f"{number:,}",
        "tenths": tenths,
        "words": plain,
    }
    return found


def body(template: str, /, noun: str, **given: Any) -> Markup:
    return Markup(environment(noun).get_template(template).render(**given))  # noqa: S704 - rendered with autoescape


def svg(drawing: str) -> Markup:
    """A drawing of ours: its texts were escaped where they were drawn."""
    return Markup(drawing)  # noqa: S704


def day(moment: Any) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else "date not known"


def cell(reading: Reading | None, measure: MeasureFacts | None = None) -> Markup:
    """A value, or in words why there is none; never blank."""
    if reading is None:
        return Markup('<span class="state">no figure</span>')
    if reading.value is None:
        return Markup('<span class="state">{}</span>').format(status_words(reading.status, measure))
    return Markup("{}").format(value_words(reading.value, reading.unit))


def stamp(reading: Reading) -> str:
    """The year, and how firm where it may still change."""
    return str(reading.year) if reading.release.rank >= Release.REVISED.rank else f"{reading.year}, {reading.release.words}"


def dash(reading: Reading | None) -> Markup:
    """For a crowded table: a dash where there is no value, with the reason for whoever points at it or hears it."""
    if reading is not None and reading.value is not None:
        return cell(reading)
    why = "no figure" if reading is None else status_words(reading.status)
    return Markup(
        '<span class="state" title="{0}"><span aria-hidden="true">–</span><span class="govuk-visually-hidden">{0}</span></span>'
    ).format(why)


def brief(reading: Reading) -> str:
    """The stamp in two words; the page says once what early means."""
    return stamp(reading).split(", unvalidated", maxsplit=1)[0]


def points(value: float | None) -> str:
    """A difference without its unit: 24.0, −1.5; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}".replace("-", "−")


def unit_words(measure: MeasureFacts) -> str:
    return f"{UNITS.get(measure.unit, '')}; {BETTER[measure.better]}"


def drawn(chart: Chart) -> bool:
    return bool(chart.svg)
