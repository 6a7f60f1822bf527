"""The weekly digest: a text that can be sent by mail as it stands. No pupil is named in it; for the public no small number is."""

from headway.language.values import join
from headway.readings.attendance.answers import Line
from headway.readings.attendance.public import Public, PublicFigure
from headway.readings.attendance.week import Week

KINDS = {
    "severe": ("severely absent (half or more missed)", "severely absent"), "persistent": ("persistently absent", "persistently absent"),
    "drop": ("down by twenty points in the last ten school days",) * 2, "drifting": ("drifting, against their own past",) * 2,
    "transition": ("missing much more since moving up",) * 2, "monday": ("away on Mondays beyond chance",) * 2,
    "friday": ("away on Fridays beyond chance",) * 2, "before_holiday": ("away before holidays beyond chance",) * 2,
    "after_holiday": ("away after holidays beyond chance",) * 2,
}  # fmt: skip
MOST_NAMED = 5


def digest(of: Week) -> list[str]:
    """Lines for an officer: the week, the year to date, who to look at, the threshold, who is not sending."""
    if of.week is None or of.year is None or of.data_to is None:
        return ["No marks are held."]
    lines = [f"Attendance, week of {of.first:%d %B %Y} (marks to {of.data_to:%A %d %B})", ""]
    lines.append(f"This week {_rate(of.week)}{_beside(of.week)}.{'' if of.week.settled else ' Reasons are still being established.'}")
    lines.append(f"To date {_rate(of.year)}{_beside(of.year)}.")
    lines += ["", "Pupils to look at (nothing is decided by a flag alone):"]
    lines += [f"- {of.kinds[kind]:,} {KINDS[kind][0]}" for kind in KINDS if of.kinds.get(kind)] or ["- none"]
    provisional = f", of whom {of.provisional} may yet change as reasons are established" if of.provisional else ""
    met = "Nobody" if not of.met else "One pupil" if of.met == 1 else f"{of.met} pupils"
    lines += ["", f"{met} met the penalty-notice threshold this week{provisional}: a duty to consider a notice, not to issue one."]
    if of.behind:
        more = f" and {len(of.behind) - MOST_NAMED} more" if len(of.behind) > MOST_NAMED else ""
        lines.append(f"Not sending for two school days or more: {join(list(of.behind[:MOST_NAMED])) if not more else _some(of, more)}.")
    if of.nothing_sent:
        lines.append(f"{of.nothing_sent:,} open schools have sent nothing this year.")
    return lines


def _some(of: Week, more: str) -> str:
    return ", ".join(of.behind[:MOST_NAMED]) + more


def _rate(line: Line) -> str:
    rate = line.counts.rate(line.counts.attended)
    return "no session was possible" if rate is None else f"{rate:.1f}% of sessions were attended"


def _beside(line: Line) -> str:
    """Against the same weeks of term a year earlier, in points, rounded once."""
    now, was = line.counts.rate(line.counts.attended), line.before.rate(line.before.attended) if line.before else None
    if now is None or was is None:
        return ""
    change = round(round(now, 1) - round(was, 1), 1)  # of what is shown, or two equal figures would differ
    if not change:
        return f", as in the same weeks a year earlier ({was:.1f}%)"
    return f", {abs(change):.1f} points {'more' if change > 0 else 'less'} than in the same weeks a year earlier ({was:.1f}%)"


def public_digest(of: Public, area: str) -> list[str]:
    """Lines for anybody: to date, by phase; to the nearest ten, and what is small is not said."""
    whole, phases = of.figures[0], [one for one in of.figures if not one.urn][1:]
    to = f"{of.data_to:%d %B %Y}" if of.data_to else "now"
    lines = [f"Attendance in {area}, {of.year} to {to}", "", f"{_public(whole)} in {whole.schools:,} schools that send registers."]
    lines += [f"- {one.phase.capitalize()} ({one.schools:,} schools): {_public(one)[:1].lower()}{_public(one)[1:]}." for one in phases]
    lines += [
        "",
        "Counts are rounded to ten. Figures of fewer than eleven pupils, and whatever would tell of five or fewer, are not shown.",
    ]
    return lines


def _public(one: PublicFigure) -> str:
    attended, persistent = one.rate(one.possible - one.absent), one.persistent_rate
    missing = "" if persistent is None else f"; about {one.persistent:,} of {one.told:,} pupils ({persistent:.0f}%) are persistently absent"
    return f"{attended:.1f}% of sessions were attended{missing}" if attended is not None else "No session was possible"
