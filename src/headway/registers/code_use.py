"""How schools use codes, set beside schools of the same kind: N left standing, much B or C, and illness where it was unauthorised.

A pupil, not a session, is what chance draws: one child's long illness is a hundred marks. How much wider that makes chance is measured
once for all schools of a kind (the design effect), and how far schools differ for other reasons is allowed for by the spread of the rest.
Being outside the limits is a question to ask a school, not a finding about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import Early, PenaltyNotices
from headway.registers.code_book import AUTHORISED, NOT_COUNTED, UNAUTHORISED
from headway.registers.so_far import Flags, Ints
from headway.registers.view import View
from headway.stats.discovery import q_values
from headway.stats.outlying import beside_others

STANDING, OFF_SITE, LEAVE, SHIFT = "n_standing", "off_site", "leave", "illness_for_unauthorised"
CHECKS = (STANDING, OFF_SITE, LEAVE, SHIFT)
OF = {STANDING: "possible sessions", OFF_SITE: "possible sessions", LEAVE: "possible sessions", SHIFT: "sessions of absence"}


@dataclass(frozen=True)
class Use:
    """A school under one check. `count` of `total` sessions; for the shift `before` is the share of the weeks before, else None.
    `expected` and `upper` are shares that schools of its kind lead one to expect, for the shift differences of shares.
    """

    urn: int
    check: str
    count: int
    total: int
    before: float | None
    expected: float
    upper: float
    compared_with: int
    chance: float
    q: float


@dataclass(frozen=True)
class Sessions:
    """Of each pupil, shape (n,): sessions with the code, and sessions of which they are a part."""

    count: Ints
    total: Ints


def code_use(view: View, recent: Flags, before: Flags, kinds: dict[int, str], early: Early, rule: PenaltyNotices) -> tuple[list[Use], int]:
    """Schools that stand out, and how many comparisons were made. `recent` and `before` are slots; `kinds` says of schools what kind."""
    every: list[Use] = []
    standing = _standing(view, recent, rule)
    for kind in sorted(set(kinds.values())):
        urns = [urn for urn, its in sorted(kinds.items()) if its == kind]
        if len(urns) < early.fewest_schools:
            continue
        every += _levels(view, urns, STANDING, standing)
        for check, reason in ((OFF_SITE, "off_site"), (LEAVE, "other_authorised")):
            every += _levels(view, urns, check, _marked(view, recent, reason))
        every += _shifts(view, urns, _illness(view, before), _illness(view, recent))
    told = q_values([one.chance for one in every])
    listed = [Use(**{**vars(one), "q": q}) for one, q in zip(every, told, strict=True) if q <= early.false_share / 100]
    return sorted(listed, key=lambda one: (one.q, one.urn, one.check)), len(every)


def _marked(view: View, chosen: Flags, reason: str) -> Sessions:
    marks = view.marks[:, chosen]
    return Sessions(np.isin(marks, view.book.reasons.get(reason, [])).sum(axis=1), (view.book.classes[marks] != NOT_COUNTED).sum(axis=1))


def _standing(view: View, chosen: Flags, rule: PenaltyNotices) -> Sessions:
    """Sessions without an established reason that so many school days have followed."""
    schools, open_ = view.school_sessions
    days = open_ & chosen
    daily = np.any(days.reshape(len(schools), -1, 2), axis=2)
    passed = np.repeat(daily[:, ::-1].cumsum(axis=1)[:, ::-1] - daily, 2, axis=1)
    old = (passed >= rule.settles.school_days)[np.searchsorted(schools, view.rows.urns)]
    young = np.isin(view.marks, view.book.reasons.get(rule.settles.reason, []))
    return Sessions((young & old & chosen).sum(axis=1), (view.book.classes[view.marks] != NOT_COUNTED)[:, chosen].sum(axis=1))


def _illness(view: View, chosen: Flags) -> Sessions:
    marks = view.marks[:, chosen]
    kinds = view.book.classes[marks]
    away = ((kinds == AUTHORISED) | (kinds == UNAUTHORISED)).sum(axis=1)
    return Sessions(np.isin(marks, view.book.reasons.get("illness", [])).sum(axis=1), away)


def _levels(view: View, urns: Sequence[int], check: str, sessions: Sessions) -> list[Use]:
    """Shares on the scale of asin(√p), on which their variance does not depend on them."""
    there = [(urn, *_sums(view, urn, sessions)) for urn in urns]
    there = [one for one in there if one[2]]
    if len(there) < 4:
        return []
    effect = design_effect(view.rows.urns, sessions, [one[0] for one in there])
    values = [asin(sqrt(count / total)) for _, count, total in there]
    beside = beside_others(values, [effect / (4 * total) for _, _, total in there])
    return [
        Use(urn, check, count, total, None, _share(one.expected), _share(one.upper), len(there) - 1, one.chance, 1.0)
        for (urn, count, total), one in zip(there, beside, strict=True)
    ]


def _shifts(view: View, urns: Sequence[int], before: Sessions, after: Sessions) -> list[Use]:
    """By how much illness became a larger part of absence than it was: differences of shares."""
    there = [(urn, _sums(view, urn, before), _sums(view, urn, after)) for urn in urns]
    there = [one for one in there if one[1][1] and one[2][1]]
    if len(there) < 4:
        return []
    names = [one[0] for one in there]
    effects = [design_effect(view.rows.urns, part, names) for part in (before, after)]
    values = [after_[0] / after_[1] - was[0] / was[1] for _, was, after_ in there]
    variances = [sum(effect * _chance(*part) for effect, part in zip(effects, parts, strict=True)) for _, *parts in there]
    return [
        Use(urn, SHIFT, now[0], now[1], was[0] / was[1], one.expected, one.upper, len(there) - 1, one.chance, 1.0)
        for (urn, was, now), one in zip(there, beside_others(values, variances), strict=True)
    ]


def _sums(view: View, urn: int, sessions: Sessions) -> tuple[int, int]:
    own = view.rows.urns == urn
    return int(sessions.count[own].sum()), int(sessions.total[own].sum())


def _chance(count: int, total: int) -> float:
    """The variance of a share, were each session drawn by itself; one of each kind is added, for none is not certainly none."""
    share = (count + 1) / (total + 2)
    return share * (1 - share) / total


def _share(scaled: float) -> float:
    return sin(min(max(scaled, 0.0), asin(1.0))) ** 2


def design_effect(of: NDArray[np.int32], sessions: Sessions, urns: Sequence[int]) -> float:
    """How much more a school's share varies by which pupils it has than were sessions drawn one by one; 1 at least.

    The variance of a ratio of sums over pupils (Cochran (1977), Sampling Techniques, 6.3), over all schools together.
    """
    between = single = 0.0
    for urn in urns:
        own = (of == urn) & (sessions.total > 0)
        count, total = sessions.count[own].astype(float), sessions.total[own].astype(float)
        if len(count) > 1 and count.sum():
            share = count.sum() / total.sum()
            between += len(count) / (len(count) - 1) * float(((count - share * total) ** 2).sum())
            single += float(total.sum()) * share * (1 - share)
    return max(1.0, between / single) if single else 1.0
