"""Claims as people make them, read; and what cannot be read, refused with what is missing."""

import pytest

from headway.definitions.loading import library_for
from headway.readings.ranking.claim_reading import read_claim
from headway.readings.ranking.claims import by_luck, word
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError


@pytest.mark.parametrize(
    ("text", "kind", "measure", "top", "part", "first", "last"),
    [
        ("Top ten most improved at KS2 since 2017", "improved_top", "ks2.rwm_expected", 10, 0, 2016, None),
        ("ranked in the top 10 for most improved key stage 2 between 2017 and 2019", "improved_top", "ks2.rwm_expected", 10, 0, 2016, 2018),
        ("Most improved in phonics since 2021/22!", "improved_top", "phonics.year1", 1, 0, 2021, None),
        ("Progress 8: most improved since 2017", "improved_top", "ks4.progress8", 1, 0, 2016, None),
        ("among the five most improved for GCSE since 2022", "improved_top", "ks4.attainment8", 5, 0, 2021, None),
        ("One of the fastest improving for NEET since 2022", "improved_top", "post16.neet_or_not_known", 0, 10, 2021, None),
        ("top quarter for attendance", "top", "attendance.overall_absence", 0, 4, None, None),
        ("in the top 20% for early years", "top", "eyfs.gld", 0, 5, None, None),
        ("best in the country for NEET", "top", "post16.neet_or_not_known", 1, 0, None, None),
        ("above England at GCSE in 2019", "above", "ks4.attainment8", 0, 0, None, 2018),
        ("better than similar areas at key stage 2", "above", "ks2.rwm_expected", 0, 0, None, None),
        ("suspensions have fallen since 2022", "improved", "exclusions.suspension_rate", 0, 0, 2021, None),
    ],
)  # fmt: skip
def test_claims_are_read(text, kind, measure, top, part, first, last):
    claim = read_claim(text, library_for())
    years = tuple(AcademicYear(start) if start else None for start in (first, last))
    assert (claim.kind, claim.measure, claim.top, claim.part, claim.first, claim.last) == (kind, measure, top, part, *years)


def test_a_vague_claim_says_how_it_was_taken():
    assert "first tenth" in read_claim("one of the most improved at phonics since 2022", library_for()).read_as
    assert "year before" in read_claim("most improved at phonics", library_for()).read_as


@pytest.mark.parametrize(
    ("text", "missing"),
    [("hello", "which results"), ("top ten most improved since 2017", "which results"), ("we like phonics", "a place, a rise")],
)
def test_what_cannot_be_read_says_what_is_missing(text, missing):
    with pytest.raises(HeadwayError) as caught:
        read_claim(text, library_for())
    assert caught.value.code == "H-USAGE-22"
    assert missing in caught.value.what
    assert "since 2017" in caught.value.remedy


def test_by_luck_alone_nearly_every_authority_can_claim_a_top_ten():
    """The figure that the assurance gives for ten measures and eight starting years is 97%."""
    assert by_luck((8,) * 10, 150, 10) == pytest.approx(0.97, abs=0.02)
    assert by_luck((1,), 150, 10) == pytest.approx(10 / 150, abs=0.01)
    assert by_luck((8,) * 10, 150, 10) > by_luck((2,) * 10, 150, 10)


def test_verdicts_follow_their_bounds():
    assert [word(p) for p in (1.0, 0.9, 0.899, 0.1, 0.099, 0.0)] == ["true", "true", "not_shown", "not_shown", "false", "false"]
