"""Suggestions from the words in common: close for the same thing said otherwise, nothing for what has nothing in common."""

from headway.desk.consultation.similar_texts import closeness, suggestions, vectors, words_of

THEMES = {
    1: ("Buses and the way to school", "The bus is always late and the stop is far away", "No safe buses to the sixth form"),
    2: ("Help with reading", "My son cannot read well and waited a year for help", "More books and readers in primary schools"),
    3: ("Mental health", "Counsellors are only there one day a week"),
}


def test_an_answer_is_near_the_theme_that_says_the_same() -> None:
    found = suggestions("Please run later buses, my daughter misses the last bus after clubs", THEMES)
    assert found[0].theme == 1
    assert "bus" in found[0].shared


def test_nothing_in_common_is_no_suggestion() -> None:
    assert suggestions("Zebra crossings everywhere", THEMES) == ()
    assert suggestions("", THEMES) == ()
    assert suggestions("the and of it", THEMES) == ()
    assert suggestions("Buses", {}) == ()


def test_the_same_words_are_one_and_no_words_are_nothing() -> None:
    same, other, empty = vectors(["late buses", "buses late", ""])
    assert round(closeness(same, other), 9) == 1.0
    assert closeness(same, empty) == 0.0


def test_a_word_that_everybody_says_weighs_less() -> None:
    texts = ["school bus", "school meal", "school book", "school trip"]
    first = vectors(texts)[0]
    assert first["bus"] > first["school"]


def test_endings_are_cut() -> None:
    assert words_of("Buses, bus! Reading and read; classes; policies") == ["bus", "bus", "read", "read", "class", "policy"]
