"""How schools use codes, set beside schools of the same kind: N left standing, much B or C, and illness where it was unauthorised.

A pupil, not a session, is what chance draws: one child's long illness is a hundred marks. How much wider that makes chance is measured
once for all schools of a kind (the design effect), and how far schools differ for other reasons is allowed for by the spread of the rest.
Being outside the limits is a question to ask a school, not a finding about it.
"""

from dataclasses import dataclass
from math import asin, sin

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import Early, PenaltyNotices
from headway.registers import counting
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
class Shares:
    """Of each of s schools, sums over its pupils: sessions with the code and sessions of which they are a part, their squares and their
    product, and how many pupils had any of the latter. Shape (s,) each.
    """

    count: Ints
    total: Ints
    count_squared: Ints
    total_squared: Ints
    product: Ints
    pupils: Ints

    def only(self, which: Flags) -> "Shares":
        return Shares(**{name: values[which] for name, values in vars(self).items()})

    @property
    def design_effect(self) -> float:
        """How much more a school's share varies by which pupils it has than were sessions drawn one by one; 1 at least.

        The variance of a ratio of sums over pupils (Cochran (1977), Sampling Techniques, 6.3), over all schools together.
        """
        one = self.only((self.pupils > 1) & (self.count > 0))
        share = one.count / one.total
        apart = one.count_squared - 2 * share * one.product + share**2 * one.total_squared
        between, single = float((one.pupils / (one.pupils - 1) * apart).sum()), float((one.total * share * (1 - share)).sum())
        return max(1.0, between / single) if single else 1.0


def shares(count: Ints, total: Ints, school: Ints, schools: int) -> Shares:
    """Of pupils' sessions, shape (n,) each; `school` is the place of each pupil's school."""

    def added(values: Ints) -> Ints:
        found = np.zeros(schools, np.int64)
        np.add.at(found, school, values)
        return found

    columns = (count, total, count * count, total * total, count * total, (total > 0).astype(np.int64))
    return Shares(*(added(values) for values in columns))


def code_use(view: View, recent: Flags, before: Flags, kinds: dict[int, str], early: Early, rule: PenaltyNotices) -> tuple[list[Use], int]:
    """Schools that stand out, and how many comparisons were made. `recent` and `before` are slots; `kinds` says of schools what kind."""
    every: list[Use] = []
    schools, school = np.unique(view.rows.urns, return_inverse=True)
    counts = dict(zip(COUNTED, _counts(view, recent, before, schools, school, rule).T.astype(np.int64), strict=True))
    by_check = {check: shares(counts[part], counts[of], school, len(schools)) for check, (part, of) in PARTS.items()}
    for kind in sorted(set(kinds.values())):
        own = np.array([kinds.get(urn) == kind for urn in schools.tolist()])
        if own.sum() < early.fewest_schools:
            continue
        for check in (STANDING, OFF_SITE, LEAVE):
            every += _levels(schools[own], check, by_check[check].only(own))
        every += _shifts(schools[own], by_check[BEFORE].only(own), by_check[SHIFT].only(own))
    told = q_values([one.chance for one in every])
    listed = [Use(**{**vars(one), "q": q}) for one, q in zip(every, told, strict=True) if q <= early.false_share / 100]
    return sorted(listed, key=lambda one: (one.q, one.urn, one.check)), len(every)


COUNTED = ("possible", "off_site", "leave", "standing", "absent", "ill", "absent_before", "ill_before")
BEFORE = "before"
PARTS = {
    STANDING: ("standing", "possible"), OFF_SITE: ("off_site", "possible"), LEAVE: ("leave", "possible"), SHIFT: ("ill", "absent"),
    BEFORE: ("ill_before", "absent_before"),
}  # fmt: skip


def _counts(view: View, recent: Flags, before: Flags, schools: NDArray[np.int32], school: Ints, rule: PenaltyNotices) -> NDArray[np.int32]:
    """Sessions of each pupil in the order of COUNTED, shape (n, 8): one pass over the marks of the weeks that are asked about."""
    inside = np.nonzero(recent | before)[0]
    start, end = (int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, 0)
    old = _old(view, schools, recent, rule)
    slots = [recent, recent, recent, old, recent, recent, before, before]
    chosen = sum(np.broadcast_to(one, old.shape)[:, start:end].astype(np.uint8) << at for at, one in enumerate(slots))
    found = np.zeros((len(school), len(COUNTED)), np.int32)
    marks, codes, kernels = view.marks, _codes(view, rule), counting.fitting(len(school))
    at, of = np.ascontiguousarray(chosen, np.uint8), school.astype(np.int64)
    counting.over(len(of), lambda first, last: kernels.with_codes(marks, codes, at, of, found, start, first, last))
    return found


def _codes(view: View, rule: PenaltyNotices) -> NDArray[np.uint8]:
    """Which bytes count in which way, a bit each in the order of COUNTED: shape (256,)."""
    classes, reasons = view.book.classes, view.book.reasons
    away, every = (classes == AUTHORISED) | (classes == UNAUTHORISED), np.arange(256)
    off_site, leave, standing, ill = (
        np.isin(every, reasons.get(name, [])) for name in ("off_site", "other_authorised", rule.settles.reason, "illness")
    )
    flags = (classes != NOT_COUNTED, off_site, leave, standing, away, ill, away, ill)
    return sum((one.astype(np.uint8) << at for at, one in enumerate(flags)), np.zeros(256, np.uint8))


def _old(view: View, schools: NDArray[np.int32], chosen: Flags, rule: PenaltyNotices) -> Flags:
    """The slots, of those chosen, that so many school days have followed that a reason should stand: shape (schools, width)."""
    every, open_ = view.school_sessions
    days = open_[np.searchsorted(every, schools)] & chosen
    daily = np.any(days.reshape(len(schools), -1, 2), axis=2)
    passed = np.repeat(daily[:, ::-1].cumsum(axis=1)[:, ::-1] - daily, 2, axis=1)
    found: Flags = (passed >= rule.settles.school_days) & chosen
    return found


def _levels(urns: NDArray[np.int32], check: str, told: Shares) -> list[Use]:
    """Shares on the scale of asin(√p), on which their variance does not depend on them."""
    there = told.total > 0
    urns, told = urns[there], told.only(there)
    if len(urns) < 4:
        return []
    beside = beside_others(np.arcsin(np.sqrt(told.count / told.total)).tolist(), (told.design_effect / (4 * told.total)).tolist())
    return [
        Use(urn, check, count, total, None, _share(one.expected), _share(one.upper), len(urns) - 1, one.chance, 1.0)
        for urn, count, total, one in zip(urns.tolist(), told.count.tolist(), told.total.tolist(), beside, strict=True)
    ]


def _shifts(urns: NDArray[np.int32], before: Shares, after: Shares) -> list[Use]:
    """By how much illness became a larger part of absence than it was: differences of shares."""
    there = (before.total > 0) & (after.total > 0)
    urns, before, after = urns[there], before.only(there), after.only(there)
    if len(urns) < 4:
        return []
    was, now = before.count / before.total, after.count / after.total
    variances = before.design_effect * _chance(before) + after.design_effect * _chance(after)
    return [
        Use(urn, SHIFT, count, total, share, one.expected, one.upper, len(urns) - 1, one.chance, 1.0)
        for urn, count, total, share, one in zip(
            urns.tolist(), after.count.tolist(), after.total.tolist(), was.tolist(),
            beside_others((now - was).tolist(), variances.tolist()), strict=True,
        )
    ]  # fmt: skip


def _chance(told: Shares) -> NDArray[np.float64]:
    """The variance of a share, were each session drawn by itself; one of each kind is added, for none is not certainly none."""
    share = (told.count + 1) / (told.total + 2)
    found: NDArray[np.float64] = share * (1 - share) / told.total
    return found


def _share(scaled: float) -> float:
    return sin(min(max(scaled, 0.0), asin(1.0))) ** 2
