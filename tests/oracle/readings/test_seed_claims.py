"""What Birmingham said of itself, put to the claim checker with the figures as published: each claim gets its honest mark."""

from pathlib import Path

from headway.readings.door import Door
from headway.readings.ranking.paper_claims import check


def test_the_national_top_ten_of_the_attendance_story_is_not_shown(promised: Door, shared: Path) -> None:
    """It names no results. On every key measure that has the figures it is false, or not shown; on none is it true."""
    found = check(promised, (shared / "seeds/birmingham-attendance.txt").read_text(encoding="utf-8"), "330")
    assert [(one.quoted, one.mark, one.why) for one in found] == [
        ("top ten", "not_shown", "no_measure"),
        ("most significant improvements", "not_shown", "no_measure"),
    ]
    for one in found:
        words = [verdict.word for verdict in one.tried]
        assert len(words) >= 10 and "true" not in words and words.count("false") > len(words) / 2


def test_the_numbers_of_a_list_are_no_claims(promised: Door, shared: Path) -> None:
    text = (shared / "seeds/birmingham-education-partnership.txt").read_text(encoding="utf-8")
    assert check(promised, text, "330") == ()
    named = check(promised, "1. Birmingham is in the top ten most improved at key stage 2 since 2017.", "330")
    assert [(one.quoted, one.mark) for one in named] == [("top ten", "not_shown")]
