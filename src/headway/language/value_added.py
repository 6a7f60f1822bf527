"""Value added in words: how many schools stand apart from the middle beyond chance, without and with context, of how many looked at."""

from collections.abc import Sequence

from headway.language.ranks import in_words
from headway.readings.pupil_value_added import Comparison, SchoolValueAdded


def apart(schools: Sequence[SchoolValueAdded], contextual: bool = False) -> tuple[int, int]:
    """(above, below): whose interval leaves out nought."""
    limits = [found for one in schools if (found := one.limits(contextual))]
    return sum(low > 0 for low, _ in limits), sum(high < 0 for _, high in limits)


def answer(of: Comparison, whole: bool) -> tuple[str, ...]:
    """`whole`: the viewer sees every school of the file, else only some."""
    known = _known(of)
    if not of.schools:
        return (f"None of the schools you work with is among the pupils stored for {of.year}.",)
    if not known:
        return (f"No school to show for {of.year}: too few pupils.",)
    if not whole and len(known) == 1:
        return (f"{_one(known[0])} {context(of)}", _early(of))
    scope = f"Of {len(known)} schools" if whole else f"Of the {len(known)} schools you work with, among {of.looked_at} in the file"
    first = f"{scope}, given what their pupils could do before, {_counts(known)}"
    second = f"Given who their pupils are as well, {_counts(known, contextual=True)}"
    return (f"{first}. {second}.", context(of), _early(of))


def finding(of: Comparison) -> str:
    """What the picture shows: “Four of 12 schools stand apart from the middle given prior attainment, five given who …”"""
    known = _known(of)
    if len(known) == 1:
        return _one(known[0]).removesuffix(".")
    before, after = sum(apart(known)), sum(apart(known, contextual=True))
    return (
        f"{in_words(before).capitalize()} of {len(known)} schools {_stand(before)} apart from the middle given prior attainment, "
        f"{in_words(after)} given who their pupils are as well"
    )


def context(of: Comparison) -> str:
    """How much it matters that context is taken into account: by how far schools move, and of how many another thing may be said."""
    known = _known(of)
    moved = sorted(abs((one.contextual or 0.0) - (one.raw or 0.0)) for one in known)
    if len(known) == 1:
        return f"Taking account of who its pupils are moves it by {moved[0]:.1f} points of Attainment 8."
    other = sum(_place(one, False) != _place(one, True) for one in known)
    half = f"{moved[len(moved) // 2]:.1f} points or more"
    return (
        f"Taking account of who pupils are moves half of the schools by {half}, and changes what can be said of {in_words(other)} of them."
    )


def _known(of: Comparison) -> list[SchoolValueAdded]:
    return [one for one in of.schools if one.raw is not None]


def _counts(schools: Sequence[SchoolValueAdded], contextual: bool = False) -> str:
    above, below = apart(schools, contextual)
    rest = len(schools) - above - below
    told = f"{in_words(above)} {_stand(above)} above the middle and {in_words(below)} below it, beyond chance"
    return f"{told}; {in_words(rest)} cannot be told from it"


def _stand(many: int) -> str:
    return "stands" if many == 1 else "stand"


def _one(school: SchoolValueAdded) -> str:
    """“Among the schools in the file, given what its pupils could do before, X stands above the middle beyond chance; given …”"""
    before, with_context = (_place(school, contextual) for contextual in (False, True))
    return (
        f"Among the schools in the file, given what its pupils could do before, {school.name} {before}; "
        f"given who they are as well, it {with_context}."
    )


def _place(school: SchoolValueAdded, contextual: bool) -> str:
    above, below = apart([school], contextual)
    if not above and not below:
        return "cannot be told from the middle"
    return f"stands {'above' if above else 'below'} the middle beyond chance"


def _early(of: Comparison) -> str:
    by_chance = round(of.looked_at / 20)
    those = f"up to about {in_words(by_chance)} of {of.looked_at} would stand apart by chance"
    luck = f" Each is looked at alone: were all alike, {those}." if by_chance else ""
    return f"Key stage 4 of {of.year}, early and unvalidated, not for publication.{luck}"
