"""Whom one should be able to reach about a school."""

from headway.desk.contacts.rules import faults, lacking


def test_a_church_school_has_its_diocese_and_an_academy_its_trust() -> None:
    assert lacking([], "maintained", "None") == ["its head", "the chair of governors"]
    assert lacking(["school"], "maintained", "Church of England") == ["the chair of governors", "the diocese"]
    assert lacking(["school", "governors", "diocese"], "maintained", "Roman Catholic") == []
    assert lacking(["school"], "academy", "Does not apply") == ["the trust"]


def test_a_name_alone_reaches_nobody() -> None:
    assert faults(" ", "") and not faults("a@b.example", "") and not faults("", "0121 496 0000")
