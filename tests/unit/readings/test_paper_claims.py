"""Which numbers of a text claim something, and what each is beside the figure."""

import pytest

from headway.readings.ranking.figure_claims import FigureClaim, _same, numbers
from headway.readings.ranking.paper_claims import PLACE, SENTENCE, TO_COME


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Attendance was 93.1% in 2024/25.", [("93.1%", 0, "percent")]),
        ("Results rose by 5.2 points since 2017.", [("5.2 points", 1, "points")]),
        ("Absence fell by 0.4 percentage points", [("0.4 percentage points", -1, "points")]),
        ("an increase of 10 per cent at key stage 2", [("10 per cent", 1, "percent")]),
        ("All 412 schools took part", [("412 schools", 0, "schools")]),
        ("Cabinet meets on 16 March 2015 at key stage 1 and 2", []),
        ("By 11/03/2015 in Attainment 8", []),
        ("3. A list of things", []),
        ("Call 0121 303 3287", []),
        ("We spent £1,200 on it", []),  # money is no figure of results
        ("1,204 pupils", [("1,204", 0, "")]),
    ],
)
def test_the_numbers_of_a_sentence(sentence: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(one.quoted, one.change, one.unit) for one in numbers(sentence)] == expected


@pytest.mark.parametrize(
    ("written", "decimals", "right", "same"),
    [(93.1, 1, 93.05, True), (93.1, 1, 93.16, False), (93, 0, 93.49, True), (93, 0, 92.4, False), (5.25, 2, 5.2545, True)],
)
def test_a_number_is_as_precise_as_it_is_written(written: float, decimals: int, right: float, same: bool) -> None:
    assert _same(FigureClaim(0, "", written, decimals, "percent"), right) is same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("schools catapulting into the national top ten for most improved performance", "top ten"),
        ("some of the most significant improvements nationally", "most significant improvements"),
        ("results above the national average", "above the national"),
        ("the best schools in the world", ""),
        ("a top job", ""),
    ],
)
def test_a_place_among_others_is_told(text: str, found: str) -> None:
    match = PLACE.search(text)
    assert (match.group() if match else "") == found


def test_sentences_keep_their_decimals_and_what_is_to_come_is_told() -> None:
    found = [
        one.group().strip()
        for one in SENTENCE.finditer("It was 93.1% then. It rose by 2.5 points! • Close the gap by 2018")
        if one.group().strip()
    ]
    assert found == ["It was 93.1% then.", "It rose by 2.5 points!", "Close the gap by 2018"]
    assert TO_COME.search(found[2]) and not TO_COME.search(found[0])
    assert not TO_COME.search("A targeted initiative was ambitious")
