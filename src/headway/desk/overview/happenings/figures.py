"""What new figures say: that some came in, and which schools changed by more than chance would."""

from collections.abc import Iterator
from datetime import date

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_for
from headway.desk.framing.addresses import address
from headway.desk.overview.happenings.kinds import Asker, Happened, Kind
from headway.language import moved_sentence
from headway.readings import reports
from headway.readings.area import beyond_chance
from headway.readings.reports import LoadReport
from headway.readings.schools import establishments

P = Permission
NAMED = 3  # sources that a line names


def of_figures(who: Asker) -> Iterator[Happened]:
    if who.door.facts is None or not who.may(P.VIEW_SCHOOL):
        return
    loads = [one for one in reports.load_reports(who.door, viewer_for(who.user)) if one.outcomes.get("landed")]
    for one in loads:
        if one.at.date() >= who.since:
            yield _came(who, one)
    if loads:
        yield from _moved(who, loads[0].at.date())


def _came(who: Asker, load: LoadReport) -> Happened:
    tables = who.door.library.tables
    landed = sorted({one.recognised_as for one in load.files if one.outcome == "landed"})
    titles = [tables[one].title if one in tables else one for one in landed]
    said = ", ".join(titles) if len(titles) <= NAMED else f"{len(titles)} files of statistics"
    where = address("report", load.name) if who.may(P.VIEW_DATA) else address("home")
    return Happened(f"load:{load.name}", Kind.FIGURES, load.at.date(), f"New figures: {said}", where)


def _moved(who: Asker, day: date) -> Iterator[Happened]:
    """Schools of the area's own; of an adviser those for which they are named. Whoever works with no school hears of none."""
    if who.urns is None and not who.may(P.SEE_SUPPORT):
        return
    for code, _ in who.door.published.areas:
        listed = {one.urn for one in establishments(who.door, code)}
        if who.urns is not None and not who.urns & listed:
            continue
        for one in beyond_chance(who.door, code, viewer_for(who.user)):
            urn = one.establishment.urn
            if who.concerns(urn):
                yield Happened(f"moved:{one.measure.id}:{one.after.year}:{urn}", Kind.MOVED, day, moved_sentence(one),
                               address("school", urn), urn=urn, school=one.establishment.name)  # fmt: skip
