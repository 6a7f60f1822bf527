"""Made-up inspections in every layout that Ofsted has published them in, landed and read as real files are."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import ibis
import pyarrow as pa
import pytest

from headway.analysis import chains, inspections
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader
from headway.store import engine, landed, tables, workspace

BEFORE, SCHOOL, OTHER, UNKNOWN_PAST, MIDDLE = 900101, 900102, 900103, 900104, 900105
EFFECTIVENESS = "Overall effectiveness: how good is the school"
PREVIOUS = "Previous Overall effectiveness"
FILES: dict[str, list[dict[str, Any]]] = {
    "2013-12-31_ofsted_mi_schools.csv": [
        {"urn": BEFORE, "laestab": 3302001, "schoolname": "Old", "Ofsted Phase": "Primary", "Type of Education": "Community School",
         "Latest inspection date": "12/03/2012", EFFECTIVENESS: 3, "The quality of teaching": 2, "Achievement of Pupils": 3,
         "Previous inspection date": "05/11/2008", PREVIOUS: 2},
        {"urn": OTHER, "laestab": 3302003, "schoolname": "Other", "Ofsted Phase": "Primary", "Type of Education": "Community School",
         "Latest inspection date": "01/10/2012", EFFECTIVENESS: 9, "The quality of teaching": 0, "Achievement of Pupils": 8,
         "Previous inspection date": "", PREVIOUS: "NULL"},
    ],
    "2014-12-31_ofsted_mi_schools.csv": [
        {"URN": OTHER, "Laestab": 3302003, "School name": "Other", "Ofsted Phase": "Primary", "Type of school": "Community School",
         "Total pupils": 100, "Latest inspection date": "20/05/2014", EFFECTIVENESS: 4, "Pupils' behaviour": 3,
         "previous overall effectiveness": 2, "Overall effectiveness of the sixth form": 9},
    ],
    "2015-02-28_ofsted_mi_schools.csv": [
        {"URN": OTHER, "Laestab": 3302003, "School name": "Other", "Ofsted Phase": "Primary", "Type of school": "Community School",
         "Total pupils": 100, "Latest inspection date": "21/05/2014", EFFECTIVENESS: 4, "Behaviour and safety of pupils": 3,
         "Leadership and management": 4, "Effectiveness of the Early Years provision": 1},
    ],
    "2018-07-31_ofsted_schools_overall_effectiveness.csv": [
        {"URN": SCHOOL, "School name": "New", "Ofsted phase": "Primary", "Inspection date": "12/03/2012", "Publication date": "30/03/2012",
         "Overall effectiveness": 3},
        {"URN": UNKNOWN_PAST, "School name": "Orphan", "Ofsted phase": "Primary", "Inspection date": "11/06/2013",
         "Publication date": "30/06/2013", "Overall effectiveness": 1},
    ],
    "2023-08-31_ofsted_state_funded_schools.csv": [
        {"URN": f"{SCHOOL}.0", "LAESTAB": "3302001.0", "School name": "New", "Ofsted phase": "Primary",
         "Type of education": "Academy Converter",
         "Inspection start date": "10/01/2023", "Publication date": "20/02/2023", "URN at time of latest graded inspection": f"{SCHOOL}.0",
         "Overall effectiveness": "2.0", "Quality of education": "2.0", "Behaviour and attitudes": "1.0", "Personal development": "9.0",
         "Effectiveness of leadership and management": "2.0", "Previous inspection start date": "12/03/2012",
         "Previous publication date": "30/03/2012", "URN at time of previous graded inspection": f"{BEFORE}.0",
         "Previous graded inspection overall effectiveness": "3.0"},
    ],
    "ratings_history.csv": [
        {"URN": OTHER, "Rating": "Special Measures", "Inspection Date": "20140520"},
        {"URN": OTHER, "Rating": "Outstanding", "Inspection Date": "20061123"},
    ],
    "areas.csv": [
        {"URN": SCHOOL, "Inspection start date": "14/01/2025", "Publication date": "20/02/2025", "Scale": "four_judgements_2024",
         "Area": "Quality of education", "Grade": "Good"},
        {"URN": OTHER, "Inspection start date": "02/12/2025", "Publication date": "15/01/2026", "Scale": "report_card_2025",
         "Area": "Inclusion", "Grade": "Strong standard"},
        {"URN": OTHER, "Inspection start date": "02/12/2025", "Publication date": "15/01/2026", "Scale": "report_card_2025",
         "Area": "Safeguarding", "Grade": "Met"},
        {"URN": OTHER, "Inspection start date": "02/12/2025", "Publication date": "15/01/2026", "Scale": "report_card_2025",
         "Area": "Achievement", "Grade": "Good"},
    ],
}  # fmt: skip


class Seen(NamedTuple):
    scale: str
    grade: str
    words: str
    source: str


def _written(folder: Path) -> list[Path]:
    paths = []
    layouts = library_for().tables["ofsted.management_information"].layouts
    for name, rows in FILES.items():
        given = list(dict.fromkeys(key for row in rows for key in row))
        layout = next((one for one in layouts if name.startswith(one.name[-4:]) or name[:4] == one.name[-4:]), None)
        header = list(dict.fromkeys([*given, *(layout.headers if layout else ())]))
        path = folder / name
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
        paths.append(path)
    return paths


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[int, date, str], Seen]]:
    """(school, day, judgement) → what was said, of the made-up files of every era together."""
    folder = tmp_path_factory.mktemp("inspections")
    library = library_for()
    home = workspace.create(folder / "area", ["330"])
    rows = Loader(home, library).load(_written(folder))
    assert {str(row.path) and row.outcome for row in rows} == {"landed"}, [(row.path, row.outcome, row.reason) for row in rows]
    con = engine.working()
    backend = engine.expressions(con)
    files = landed.landed_files(home)
    tables.record_files(con, files)
    known = [(BEFORE, None), (MIDDLE, date(2015, 9, 1)), (SCHOOL, date(2016, 9, 1)), (OTHER, None), (UNKNOWN_PAST, date(2017, 9, 1))]
    opened = pa.table({"urn": [urn for urn, _ in known], "opened": pa.array([day for _, day in known], pa.date32())})
    tables.create(backend, "establishment", ibis.memtable(opened))
    past = {"urn": [SCHOOL, SCHOOL], "of_urn": [MIDDLE, BEFORE], "from_year": [2015, 1990], "to_year": [2016, 2015]}
    tables.create(backend, "chain", ibis.memtable(pa.table(past)))
    inspections.inspections(backend, files, library)
    found = backend.table("inspection").to_pyarrow().to_pylist()
    made = {
        (row["urn"], row["inspected"], row["judgement"]): Seen(row["scale"], row["grade"], row["words"], row["source"]) for row in found
    }
    assert len(made) == len(found)
    yield made
    con.close()


def grades(judged: dict[tuple[int, date, str], Seen], urn: int, judgement: str = "overall_effectiveness") -> list[tuple[date, str]]:
    return sorted((day, seen.grade) for (of, day, what), seen in judged.items() if of == urn and what == judgement)


def test_the_grade_before_a_conversion_is_the_predecessors_by_whichever_file_it_is_told(judged: dict) -> None:
    """Told by the list of 2013 under the old number, by that of 2018 under the new one, and by that of 2023 with both."""
    assert grades(judged, BEFORE) == [(date(2008, 11, 5), "2"), (date(2012, 3, 12), "3")]
    assert grades(judged, SCHOOL) == [(date(2023, 1, 10), "2")]
    assert grades(judged, MIDDLE) == []


def test_a_grade_from_before_a_school_with_no_known_past_is_nobodys(judged: dict) -> None:
    assert grades(judged, UNKNOWN_PAST) == []


def test_nought_eight_and_nine_are_no_grades(judged: dict) -> None:
    assert (OTHER, date(2012, 10, 1), "overall_effectiveness") not in judged
    assert grades(judged, OTHER, "teaching") == []
    assert grades(judged, SCHOOL, "personal_development") == []
    assert grades(judged, SCHOOL, "behaviour_and_attitudes") == [(date(2023, 1, 10), "1")]


def test_one_visit_told_with_days_apart_by_three_files_is_one_inspection(judged: dict) -> None:
    assert grades(judged, OTHER) == [(date(2006, 11, 23), "1"), (date(2014, 5, 21), "4")]
    assert len([1 for of, day, what in judged if of == OTHER and what == "leadership_and_management"]) == 1


def test_the_third_grade_was_satisfactory_until_august_2012(judged: dict) -> None:
    assert judged[BEFORE, date(2012, 3, 12), "overall_effectiveness"].words == "Satisfactory"
    assert judged[OTHER, grades(judged, OTHER)[1][0], "behaviour"].words == "Requires improvement"


def test_each_era_stays_on_its_own_scale(judged: dict) -> None:
    assert judged[SCHOOL, date(2025, 1, 14), "quality_of_education"].scale == "four_judgements_2024"
    strong = judged[OTHER, date(2025, 12, 2), "inclusion"]
    assert (strong.scale, strong.grade) == ("report_card_2025", "strong_standard")
    assert judged[OTHER, date(2025, 12, 2), "safeguarding"].words == "Met"
    assert {seen.scale for (_, day, _), seen in judged.items() if day < date(2024, 9, 1)} == {"four_grades"}


def test_a_word_of_another_scale_is_no_grade(judged: dict) -> None:
    assert (OTHER, date(2025, 12, 2), "achievement") not in judged


@pytest.mark.parametrize("order", [(900201, 900202), (900202, 900201)])
def test_of_two_predecessors_that_ended_together_the_lower_urn_was_inspected_whatever_the_order_of_rows(order: tuple[int, int]) -> None:
    backend = engine.expressions(engine.working(None))
    links = [{"urn": SCHOOL, "of_urn": of, "from_year": 2000, "to_year": 2017} for of in order]
    tables.keep(backend, "chain", pa.Table.from_pylist(links, schema=chains.CHAINS))
    tables.keep(backend, "establishment", pa.table({"urn": [SCHOOL], "opened": [date(2018, 9, 1)]}))
    told = {
        "urn": SCHOOL,
        "inspected": date(2015, 1, 15),
        "scale": "four_grades",
        "judgement": "overall_effectiveness",
        "grade": "2",
        "row": 1,
    }
    tables.keep(backend, "judged", pa.Table.from_pylist([told], schema=inspections.SCHEMA.to_pyarrow()))
    assert inspections._own(backend).urn.to_pyarrow().to_pylist() == [900201]
