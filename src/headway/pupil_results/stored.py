"""Reads a stored file of pupils back as arrays. Only the one door and the fitting of value added may ask for it."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.protected import PUPIL_RESULTS, private_files
from headway.pupil_results.landing import FACTS, file_name
from headway.pupil_results.template import Stage
from headway.store.workspace import Workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Stored:
    """The pupils of one stage and year. Columns are those of the template: numbers with NaN where a cell was empty, or texts."""

    stage: Stage
    year: AcademicYear
    columns: dict[str, NDArray[Any]]

    @property
    def urns(self) -> NDArray[np.int64]:
        return self.columns["urn"].astype(np.int64)

    def numbers(self, name: str) -> Floats:
        return self.columns[name].astype(np.float64)

    def side_by_side(self, *names: str) -> Floats:
        """Columns of numbers as one array (n, k)."""
        return np.stack([self.numbers(name) for name in names], axis=1)


def years(space: Workspace, stage: Stage) -> list[AcademicYear]:
    """The years of which results of a stage are stored, in order."""
    found = (space.home / "pupil_results").glob(f"{stage}-*.parquet")
    return sorted(AcademicYear.parse(path.stem.removeprefix(f"{stage}-").replace("_", "/")) for path in found)


def read(space: Workspace, stage: Stage, year: AcademicYear) -> Stored:
    """Raises H-DATA-63 where no file of that stage and year is stored."""
    import pyarrow.parquet as pq

    path = private_files.folder(space, PUPIL_RESULTS) / file_name(stage, year)
    if not path.exists():
        there = ", ".join(f"{one} {when}" for one in Stage for when in years(space, one)) or "none"
        words = f"No results of pupils are stored for {stage} in {year}."
        raise HeadwayError("H-DATA-63", words, f"There are: {there}.", "Load the file: headway pupils load FILE.")
    table = pq.read_table(path)
    facts = json.loads(table.schema.metadata[FACTS])
    columns = {name: _array(table.column(name)) for name in table.column_names}
    return Stored(Stage(facts["stage"]), AcademicYear.parse(facts["year"]), columns)


def _array(column: Any) -> NDArray[Any]:
    found: NDArray[Any] = column.to_numpy()
    return found.astype(np.str_) if found.dtype == object else found
