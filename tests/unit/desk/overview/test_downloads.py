"""What a spreadsheet would run as a formula is escaped on its way out; numbers stay numbers."""

import pytest

from tests.desk_site import ready

ready()

from headway.desk.framing.tables import safe, sent  # noqa: E402 - Django must be ready first


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@cmd", "\t=1"])
def test_a_text_that_starts_like_a_formula_is_escaped(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("cell", [-2.5, 0, None, "St Mary's", "60-70"])
def test_anything_else_is_left_as_it_is(cell: object) -> None:
    assert safe(cell) == cell  # type: ignore[arg-type]


def test_a_csv_keeps_negative_numbers_and_escapes_texts() -> None:
    text = sent([["School", "Progress"], ["=HYPERLINK(1)", -0.5]], "csv", "x/y").content.decode("utf-8-sig")
    assert text.splitlines() == ["School,Progress", "'=HYPERLINK(1),-0.5"]
