"""What early warning found, in words: counts first, the comparison, then what is not known. As one would say it to a parent."""

from collections.abc import Mapping

from headway.language.values import join
from headway.readings.attendance.early.answers import Ahead, Flag, Flags, Found, Grouped, Unlike

DAYS = {
    "monday": ("Mondays", "Mondays"), "friday": ("Fridays", "Fridays"), "before_holiday": ("the last day before a holiday", "such days"),
    "after_holiday": ("the first day after a holiday", "such days"),
}  # fmt: skip
CHECKS = {
    "n_standing": "reasons not established five school days later (N)", "off_site": "education off site (B)",
    "leave": "leave in exceptional circumstances (C)", "illness_for_unauthorised": "illness as a share of absence",
}  # fmt: skip
KIND_TITLES = {
    "drop": "Fell sharply", "drifting": "Drifting", "transition": "Misses more since moving up", "monday": "Mondays", "friday": "Fridays",
    "before_holiday": "Before holidays", "after_holiday": "After holidays", "severe": "Severely absent",
    "persistent": "Persistently absent",
}  # fmt: skip
QUESTION = "Each is a question to ask the school, not a finding about it."
NOT_ALONE = "A flag is a reason to ask how the child is; nothing is decided by it alone."


def flag_words(flag: Flag) -> str:
    """One sentence: what was missed, beside what."""
    told = _WAYS.get(flag.kind, _pattern)(flag.kind, flag.facts)
    return told + _siblings(flag) + _cleared(flag)


def _drifting(kind: str, facts: Mapping[str, float]) -> str:
    spells = int(facts["spells"])
    runs = "in one spell" if spells == 1 else f"in {spells} spells"
    return (
        f"Missed {_of(facts, 'long', 'long_of')} of the last sessions, {runs} ({_of(facts, 'short', 'short_of')} of the latest), after "
        f"{_of(facts, 'past_missed', 'past')} before: more than in any of {facts['stretches']:.0f} earlier stretches; "
        f"{100 * facts['rise_low']:.0f} to {100 * facts['rise_high']:.0f} points more."
    )


def _drop(kind: str, facts: Mapping[str, float]) -> str:
    return f"Missed {_of(facts, 'recent', 'recent_of')} sessions of the last ten school days, after {_of(facts, 'past_missed', 'past')}."


def _transition(kind: str, facts: Mapping[str, float]) -> str:
    return (
        f"Has missed {_of(facts, 'now_missed', 'now')} sessions since moving up, {_of(facts, 'before_missed', 'before')} in the same "
        f"weeks a year before; the {facts['peers']:.0f} who moved up here miss {_points(facts['peers_rise'])}."
    )


def _pattern(kind: str, facts: Mapping[str, float]) -> str:
    named, all_ = DAYS[kind]
    return (
        f"Of {facts['away']:.0f} days away {facts['there']:.0f} are {named}; {facts['of_kind']:.0f} of {facts['days']:.0f} days on roll "
        f"are {all_}. By chance that often or more: {_chance(facts['chance'])}."
    )


_WAYS = {"drifting": _drifting, "drop": _drop, "transition": _transition}


def _of(facts: Mapping[str, float], part: str, whole: str) -> str:
    return f"{facts[part]:.0f} of {facts[whole]:.0f}"


def _points(share: float) -> str:
    size = f"{abs(100 * share):.1f} points"
    return f"{size} more" if share > 0.0005 else f"{size} less" if share < -0.0005 else "as much as before"


def _chance(chance: float) -> str:
    return "less than once in 10,000" if chance < 1e-4 else f"once in {1 / chance:,.0f}"


def _siblings(flag: Flag) -> str:
    if flag.siblings is None or not flag.siblings.also:
        return ""
    of = "The sibling" if flag.siblings.linked == 1 else f"{flag.siblings.also} of {flag.siblings.linked} siblings"
    return f" {of} {'is' if flag.siblings.also == 1 else 'are'} flagged or persistently absent too."


def _cleared(flag: Flag) -> str:
    return f" Cleared for now: {flag.cleared_by.what} on {flag.cleared_by.on:%d %B %Y}." if flag.cleared_by else ""


def group_words(one: Grouped) -> str:
    return (
        f"Year {one.year_group}: {one.flagged} of {one.pupils} pupils dropped or drift, beside {one.others_flagged} of {one.others} in "
        f"other years of the school. By chance: {_chance(one.chance)}."
    )


def unlike_words(one: Unlike) -> str:
    """A school beside what schools of its kind lead one to expect."""
    what, upper = CHECKS[one.check], 100 * one.upper
    if one.before is not None:
        return (
            f"{what[:1].upper()}{what[1:]} went from {100 * one.before:.0f}% to {100 * one.count / one.total:.0f}%; in {one.compared_with} "
            f"like schools it changed by {100 * one.expected:+.0f} points, and by up to {upper:+.0f} is to be expected.".replace("-", "−")
        )
    return (
        f"{one.count} of {one.total:,} sessions are {what}: {100 * one.share:.1f}%, where {one.compared_with} like schools have "
        f"{100 * one.expected:.1f}% and up to {upper:.1f}% is to be expected."
    )


def flags_answer(of: Flags) -> str:
    """The first sentence of the page: how many stand, of how many pupils, with data to when."""
    standing = [one for one in of.flags if one.stands]
    pupils = len({(one.urn, one.key) for one in standing})
    if not of.data_to:
        return "No marks are held."
    many = "Nobody is" if not pupils else "One pupil is" if pupils == 1 else f"{pupils:,} pupils are"
    cleared = len(of.flags) - len(standing)
    done = f" {cleared:,} {'flag is' if cleared == 1 else 'flags are'} cleared by what was done." if cleared else ""
    return f"{many} flagged, of {of.pupils:,}, with marks to {of.data_to:%A %d %B %Y}.{done}"


def flags_basis(of: Flags) -> tuple[str, ...]:
    """What must be said beside a list of flags."""
    lines = [NOT_ALONE]
    if of.past_too_short:
        lines.append(f"Of {of.past_too_short:,} pupils the past is too short to tell whether they drift.")
    if of.compared:
        lines.append(f"{of.compared:,} comparisons were made for patterns; about one in twenty of those listed is expected to be chance.")
    return (*lines, *of.notes)


def ahead_answer(stand: int, pupils: int, families: int, attended: int) -> str:
    """“23 of 880 pupils are flagged and nobody has attended to them; two families have more than one child of concern.”"""
    who = "Nobody" if not stand else "One pupil" if stand == 1 else f"{stand:,} pupils"
    flagged = f"{who} of {pupils:,} {'is' if stand < 2 else 'are'} flagged and waiting for somebody"
    several = f"; {families:,} {'family has' if families == 1 else 'families have'} more than one child of concern" if families else ""
    done = f"; {attended:,} {'was' if attended == 1 else 'were'} attended to of late" if attended else ""
    return f"{flagged}{several}{done}."


def ahead_basis(of: Ahead) -> tuple[str, ...]:
    """What must be said beside early warning of a morning."""
    return flags_basis(Flags([], None, of.pupils, of.past_too_short, of.compared, of.notes))


def found_basis(of: Found) -> tuple[str, ...]:
    compared = f"{of.compared:,} comparisons were made; about one in twenty of those listed is expected to be chance."
    return ((compared,) if of.compared else ()) + ((QUESTION,) if of.schools else ()) + of.notes


def kinds_words(of: Flags) -> str:
    """How many flags of each kind stand: “2 drop, 1 drifting”."""
    counts: dict[str, int] = {}
    for one in of.flags:
        counts[one.kind] = counts.get(one.kind, 0) + one.stands
    return join([f"{count} {kind.replace('_', ' ')}" for kind, count in counts.items() if count])
