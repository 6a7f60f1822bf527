"""Whatever the figures: the words' direction is that of the numbers, each difference is told once, and luck alone names few."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.language.side_by_side import clause, comparison_answer, differences, row_sentence, scope_words
from headway.readings.partners import RATE
from tests.factories.lines import ABSENCE, PROGRESS
from tests.factories.schools import NAMES, compared, of_values

SHARES = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=8)
SCORES = st.lists(st.floats(-3, 3, allow_nan=False), min_size=2, max_size=8)
TOLD = re.compile(r"(.+?) (?:is|are) (above|below) (.+)")


def told(sentence):
    """(who, above or below, whom) of a difference in words."""
    ahead, side, behind = TOLD.fullmatch(sentence).groups()  # one sentence, one direction
    return [NAMES.index(name) for name in split(ahead)], side, [NAMES.index(name) for name in split(behind)]


def split(names):
    return re.split(r", | and ", names)


def agrees(row):
    values = [figure.reading and figure.reading.value for figure in row.figures]
    found = []
    for sentence in differences(row, NAMES):
        ahead, side, behind = told(sentence)
        for one in ahead:
            for other in behind:
                assert values[one] > values[other] if side == "above" else values[one] < values[other]
                found.append(frozenset((one, other)))
    assert sorted(map(sorted, found)) == sorted(sorted((pair.first, pair.second)) for pair in row.pairs if pair.beyond)


@given(SHARES, st.integers(11, 2000))
def test_direction_words_agree_with_the_numbers_and_each_difference_is_told_once(values, n):
    [row] = compared([of_values(*values, n=n)]).rows
    agrees(row)
    if row.pairs:
        said, groups = clause(row, NAMES), differences(row, NAMES)
        beyond = sum(pair.beyond for pair in row.pairs)
        directed = 0 < len(groups) <= 2
        assert (TOLD.search(said) is not None) == directed
        assert ("cannot be told apart" in said) == (beyond == 0 or (directed and beyond < len(row.pairs)))
        if len(groups) > 2:
            assert said == f"{beyond} of {len(row.pairs)} differences between schools are beyond chance"


@given(SCORES, st.floats(0.01, 3), st.sampled_from([PROGRESS, ABSENCE]))
def test_who_is_ahead_is_below_where_lower_is_better(values, margin, measure):
    [row] = compared([of_values(*values, measure=measure, margin=margin)]).rows
    agrees(row)
    wrong = "above" if measure.better == "lower" else "below"
    assert f" {wrong} " not in " ".join((*differences(row, NAMES), row_sentence(row, NAMES)))


@given(st.lists(SHARES, min_size=1, max_size=8), st.integers(11, 2000))
def test_the_answer_is_short_and_says_how_many_were_looked_at(measures, n):
    most = max(map(len, measures))
    found = compared([of_values(*(values + [None] * (most - len(values))), n=n) for values in measures])
    assert 1 <= len(comparison_answer(found)) <= 2
    looked_at = sum(len(row.pairs) for row in found.rows)
    if looked_at > 1:
        assert scope_words(found).startswith(f"{looked_at} differences were")
    assert ("beyond chance" in scope_words(found)) == any(pair.beyond for row in found.rows for pair in row.pairs)


@pytest.mark.parametrize("n", [20, 60, 200])
def test_where_all_schools_are_alike_luck_alone_seldom_names_a_difference(n):
    """Eight schools with one true share: in at most about one comparison of ten anything at all is named."""
    chance, many, named = random.Random(n), 400, 0
    for _ in range(many):
        values = [100 * sum(chance.random() < 0.6 for _ in range(n)) / n for _ in range(8)]
        named += compared([of_values(*values, n=n)]).beyond > 0
    assert named / many <= RATE + 0.03  # two standard errors
