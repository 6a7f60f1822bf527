"""A table of thousands of columns is no published table."""

import pytest

from tests.unit.sources.screening.made import HEADER, Area, schools, text


@pytest.mark.slow
def test_thousands_of_columns_are_refused(area: Area) -> None:
    more = [f"X{number}" for number in range(5_001)]
    row = area.load(text([[*cells, *more] for cells in schools(each=1)[:30]], [*HEADER, *more]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-25")
