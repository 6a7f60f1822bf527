"""What is said of schools set side by side, case by case: who differs, who cannot be told apart, who is not judged and why."""

import pytest

from headway.language.side_by_side import comparison_answer, differences, figure_notes, names_of, row_sentence, scope_words, state_words
from headway.readings.answers import BreakMark
from headway.readings.side_by_side import usual
from headway.vocabulary.status import Release, Status
from tests.factories.lines import ABSENCE, EAL, PROGRESS, RWM, line, reading, trend, year
from tests.factories.schools import NAMES, compared, of_values, row, school

BREAK = (BreakMark(year("2023/24"), "not_comparable", "new tests"),)


@pytest.mark.parametrize(
    ("name", "found", "answer"),
    [
        ("nobody", compared([]), ()),
        ("one alone", compared([of_values(60)]), ("Ash School stands alone: choose a second school to set beside it.",)),
        ("two apart", compared([of_values(80, 50)]),
         ("On reading, writing and maths in 2023/24, Ash School is above Birch School beyond chance.",)),
        ("two alike", compared([of_values(62, 60)]),
         ("On reading, writing and maths in 2023/24, Ash School and Birch School cannot be told apart.",)),
        ("one of three apart", compared([of_values(80, 62, 50)]),
         ("On reading, writing and maths in 2023/24, Ash School is above Birch School and Cedar School beyond chance; the others "
          "cannot be told apart.",)),
        ("two above one", compared([of_values(80, 40, 81)]),
         ("On reading, writing and maths in 2023/24, Ash School and Cedar School are above Birch School beyond chance; the others "
          "cannot be told apart.",)),
        ("many apart are counted", compared([of_values(90, 70, 50, 30)]),
         ("On reading, writing and maths in 2023/24, 6 of 6 differences between schools are beyond chance.",)),
        ("many above one are counted", compared([of_values(80, 81, 82, 83, 40)]),
         ("On reading, writing and maths in 2023/24, four of the schools are above Elm School beyond chance; the others cannot be told "
          "apart.",)),
        ("two below two", compared([of_values(60, 62, 80, 82)]),
         ("On reading, writing and maths in 2023/24, Cedar School and Doveridge School are above Ash School and Birch School beyond "
          "chance; the others cannot be told apart.",)),
        ("lower is better", compared([of_values(3, 6, measure=ABSENCE, margin=0.5)]),
         ("On overall absence (lower is better) in 2023/24, Ash School is below Birch School beyond chance.",)),
        ("a second measure that says nothing", compared([of_values(80, 50), of_values(0.1, 0.2, measure=PROGRESS, margin=1.0)]),
         ("On reading, writing and maths in 2023/24, Ash School is above Birch School beyond chance.",
          "On reading progress, no difference is beyond chance.")),
        ("none on any", compared([of_values(61, 60), of_values(0.1, 0.2, measure=PROGRESS, margin=1.0)]),
         ("None of the 2 differences looked at is beyond chance, so these figures cannot tell the schools apart.",)),
        ("no margins", compared([of_values(5, 6, measure=ABSENCE)]),
         ("Whether these schools differ by more than chance cannot be said: their figures have no margin, or rest on too few pupils.",)),
        ("facts are not judged", compared([of_values(5, 60, measure=EAL)]),
         ("These are facts about the schools, neither better high nor low: they are shown and not judged.",)),
        ("one of two withheld", compared([of_values(60, None)]),
         ("No two of these schools have figures of one year on these measures, so there is nothing to set side by side.",)),
        ("too few pupils are no verdict", compared([of_values(90, 10, n=6)]),
         ("Whether these schools differ by more than chance cannot be said: their figures have no margin, or rest on too few pupils.",)),
        ("early figures are marked", compared([of_values(80, 50, release=Release.EARLY)]),
         ("On reading, writing and maths in 2023/24 (early, not for publication), Ash School is above Birch School beyond chance.",)),
    ],
)  # fmt: skip
def test_the_answer(name, found, answer):
    assert comparison_answer(found) == answer


def test_a_row_says_its_year_and_how_many_could_not_be_judged():
    [one] = compared([of_values(80, 50, None)]).rows
    assert row_sentence(one, NAMES) == "In 2023/24, Ash School is above Birch School beyond chance."
    mixed = compared(
        [row([trend(reading("2023/24", 80.0, n=100)), trend(reading("2023/24", 50.0, n=100)), trend(reading("2023/24", 60.0))])]
    )
    assert row_sentence(mixed.rows[0], NAMES).endswith("2 differences could not be judged.")


def test_how_many_differences_were_looked_at_is_said():
    assert scope_words(compared([of_values(61, 60)])).startswith("One difference was looked at")
    found = compared([of_values(80, 50, 62), of_values(0.1, 0.2, 0.1, measure=PROGRESS, margin=1.0)])
    assert scope_words(found).startswith("6 differences were looked at")
    assert "about one in ten so named is named by chance" in scope_words(found)


def test_the_newest_year_that_all_have_is_taken_and_else_the_one_that_most_have():
    old, new = reading("2022/23", 50.0, n=60), reading("2023/24", 60.0, n=60)
    assert str(row([trend(old, new), trend(old)]).year) == "2022/23"
    of_most = row([trend(new), trend(old, new), trend(old)])
    assert (str(of_most.year), of_most.shared) == ("2023/24", False)


def test_the_measures_to_begin_with_are_those_that_the_schools_share():
    offered = [(RWM, 1), (ABSENCE, 3), (EAL, 3), (PROGRESS, 2)]
    assert usual(offered, 3) == [ABSENCE.id]
    assert usual([(RWM, 1), (EAL, 1)], 1) == [RWM.id]
    assert usual([(EAL, 1), (PROGRESS, 1)], 2) == [EAL.id, PROGRESS.id]  # nothing is shared
    assert usual([], 2) == []


def test_a_change_is_never_told_across_a_break():
    readings = reading("2022/23", 50.0, n=60), reading("2023/24", 60.0, n=60)
    [plain, broken] = row([trend(*readings), trend(*readings, breaks=BREAK)]).figures
    assert figure_notes(plain) == ("of 60 pupils", "rose 10.0 points since 2022/23, within chance")
    assert figure_notes(broken) == ("of 60 pupils", "not comparable with 2022/23: the measure changed")


def test_a_small_year_is_put_together_with_those_before_or_not_judged():
    small = [reading(at, value, n=8) for at, value in (("2021/22", 50.0), ("2022/23", 75.0), ("2023/24", 25.0))]
    [together, alone] = row([trend(*small), trend(small[-1])]).figures
    assert (together.pooled, together.reading.value, together.reading.denominator) == (True, 50.0, 24)
    assert figure_notes(together) == ("of 24 pupils", "three years together")
    assert (alone.few, figure_notes(alone)) == (True, ("too few pupils to judge one year alone",))


def test_a_year_without_a_value_says_why():
    [withheld, absent] = row([trend(reading("2023/24", None, status=Status.SUPPRESSED)), None], year("2023/24")).figures
    assert state_words(withheld) == Status.SUPPRESSED.words
    assert state_words(absent) == "no figure in the files loaded"
    hidden = row([trend(reading("2023/24", None, status=Status.SUPPRESSED)), None])
    assert (str(hidden.year), state_words(hidden.figures[0])) == ("2023/24", Status.SUPPRESSED.words)


def test_schools_of_one_name_are_told_apart():
    two = [school(1, "St Mary’s", "Wrenford"), school(2, "St Mary’s", "Elsewhere"), school(3, "Ash", "Wrenford")]
    assert names_of(two) == ("St Mary’s (Wrenford)", "St Mary’s (Elsewhere)", "Ash")
    assert names_of([*two[:1], school(4, "St Mary’s", "Wrenford")]) == ("St Mary’s (URN 1)", "St Mary’s (URN 4)")


def test_the_panels_of_all_schools_have_the_family_of_the_first():
    own, others = line(trend(reading("2023/24", 60.0)), family=trend(reading("2023/24", 58.0, name="of the first"))), line(
        trend(reading("2023/24", 60.0)), family=trend(reading("2023/24", 70.0, name="of the second")))  # fmt: skip
    found = row([own, others], beside=("family",))
    assert [one.comparators["family"].latest.value for one in found.drawn] == [58.0, 58.0]
    assert [one.line.comparators["family"].latest.value for one in found.figures] == [58.0, 70.0]


def test_differences_are_listed_by_who_is_ahead():
    [found] = compared([of_values(90, 70, 50, 30)]).rows
    assert differences(found, NAMES) == (
        "Ash School is above Birch School, Cedar School and Doveridge School",
        "Birch School is above Cedar School and Doveridge School",
        "Cedar School is above Doveridge School",
    )


assert RWM.floor > 8  # the small years above rest on it
