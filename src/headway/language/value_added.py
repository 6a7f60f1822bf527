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
    known = [one for one in of.schools if one.raw is not None]
    if not known:
        return (f"No school to show for {of.year}: too few pupils.",)
    if not whole and len(known) == 1:
        return (_one(known[0]), _early(of))
    scope = f"Of {len(known)} schools" if whole else f"Of the {len(known)} schools you work with, among {of.looked_at} in the file"
    first = f"{scope}, given what their pupils could do before, {_counts(known)}"
    second = f"Given who their pupils are as well, {_counts(known, contextual=True)}"
    return (f"{first}. {second}.", _early(of))


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
    luck = f" Each is looked at alone: about {in_words(by_chance)} of {of.looked_at} would stand apart by chance." if by_chance else ""
    return f"Key stage 4 of {of.year}, early and unvalidated, not for publication.{luck}"
