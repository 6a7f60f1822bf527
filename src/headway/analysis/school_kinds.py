"""A school's phase and who answers for it, from the words that each source uses."""

from typing import TYPE_CHECKING, Any

import ibis

if TYPE_CHECKING:
    from ibis.expr.types import StringValue

NEVER_A_COLLEGE = r"city technology|university technical|free school|academy"
COLLEGE = r"sixth form|further education|college|16.?(-|to|\s|plus)|other government department"
PHASE_WORDS = {
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "middle",
    "middle deemed secondary": "middle",
    "middle": "middle",
    "secondary": "secondary",
    "all-through": "all_through",
    "all through": "all_through",
    "16 plus": "post16",
    "special": "special",
    "pru": "alternative",
}


def governance(kind: "StringValue", group: "StringValue") -> Any:
    """maintained, academy, independent, college or other, from a published type and the group it stands in.

    A non-maintained special school is paid for by the state and run by a charity: other. City technology colleges count
    with academies, as in the Department's own statistics.
    """
    word, of = kind.fill_null("").lower(), group.fill_null("").lower()
    return ibis.cases(
        (word.re_search(r"academy|free school|studio school|university technical|city technology"), "academy"),
        (word.re_search(r"non-maintained|service child|secure unit|offshore|welsh"), "other"),
        (word.contains("independent"), "independent"),
        (word.re_search(r"community|voluntary|foundation|nursery|pupil referral|maintained"), "maintained"),
        (word.re_search(COLLEGE) | of.contains("college"), "college"),
        (of.contains("academ") | of.contains("free school"), "academy"),
        (of.contains("independent"), "independent"),
        (of.contains("maintained"), "maintained"),
        else_="other",
    )


def phase(kind: "StringValue", word: "StringValue", flags: tuple[Any, Any, Any], low: Any, high: Any) -> Any:
    """nursery, primary, middle, secondary, all_through, special, alternative, post16 or other.

    `word` is the source's own phase; `flags` say whether a list counts it as primary, secondary, post-16 (null: not said).
    What kind of school it is comes before the ages it takes: a special school of pupils from 3 to 19 is special.
    """
    kind, word = kind.fill_null("").lower(), word.fill_null("").lower()
    primary, secondary, post16 = (flag.fill_null(False) for flag in flags)
    return ibis.cases(
        (kind.re_search(r"special post|specialist designated"), "post16"),
        (kind.contains("special"), "special"),
        (kind.re_search(r"pupil referral|alternative provision"), "alternative"),
        (kind.contains("nursery"), "nursery"),
        (kind.re_search(r"16.?(-|to|\s).?19"), "post16"),
        (kind.re_search(COLLEGE) & ~kind.re_search(NEVER_A_COLLEGE), "post16"),
        (word.isin(list(PHASE_WORDS)), word.substitute(PHASE_WORDS)),
        (primary & secondary, _across(low, high)),
        (primary, "primary"),
        (secondary, "secondary"),
        (post16, "post16"),
        else_=_by_age(low, high),
    )


def _across(low: Any, high: Any) -> Any:
    """A list that counts a school as primary and as secondary: a middle school, one for all ages, or to 13."""
    return ibis.cases(((low >= 8) & (high <= 14), "middle"), ((low < 8) & (high <= 13), "primary"), else_="all_through")


def _by_age(low: Any, high: Any) -> Any:
    return ibis.cases(
        (low.isnull() | high.isnull(), "other"),
        (high <= 5, "nursery"),
        (low >= 16, "post16"),
        (high <= 11, "primary"),
        ((low >= 8) & (high <= 14), "middle"),
        (low >= 10, "secondary"),
        else_="all_through",
    )
