"""Results of the summer before publication, as an authority holds them in July: Wrenford's schools, in Headway's own template."""

from headway.example import attainment
from headway.example.attainment import Outcome
from headway.example.cohorts import cut
from headway.example.intake import Year
from headway.example.writing import Folder

HEADER = ["URN", "Academic year", "Headway measure", "Cut", "Numerator", "Denominator", "Value"]


def write(folder: Folder, year: Year) -> None:
    """early/YEAR_*.csv. Key stage 4 is not among them: its results come in August."""
    outcomes = attainment.early_years(year)
    _file(folder, year, "eyfs", [("eyfs.gld", outcomes["gld"], "gld", 100.0)])
    _file(folder, year, "phonics", [("phonics.year1", outcomes["phonics"], "phonics", 100.0)])
    second = attainment.ks2(year)
    if second is not None:
        named = [
            ("ks2.rwm_expected", "RWM_EXP", 100.0),
            ("ks2.rwm_higher", "RWM_HIGH", 100.0),
            ("ks2.reading_score", "READ_AVERAGE", 1.0),
            ("ks2.maths_score", "MAT_AVERAGE", 1.0),
        ]
        _file(folder, year, "ks2", [(measure, second, name, scale) for measure, name, scale in named])


def _file(folder: Folder, year: Year, topic: str, measures: list[tuple[str, Outcome, str, float]]) -> None:
    rows = []
    for measure, outcome, name, scale in measures:
        own = year.authority[outcome.rows] == year.country.wrenford
        for label, of in (("all", "all"), ("disadvantage=yes", "disadvantaged")):
            cells = (outcome.reached | outcome.sums)[name]
            counted = scale == 100.0
            for urn, top, bottom in zip(year.urn[outcome.rows][own], cut(cells, of)[own], cut(outcome.counts, of)[own], strict=True):
                if bottom:
                    rows.append(
                        [
                            urn,
                            f"{year.start}/{(year.start + 1) % 100:02d}",
                            measure,
                            label,
                            int(top) if counted else "",
                            int(bottom),
                            f"{scale * top / bottom:.1f}",
                        ]
                    )
    folder.rows(f"early/{year.name}_{topic}_early.csv", HEADER, rows)
