"""The same readings for a notebook, as Arrow or pandas: what the door gives, and nothing that it does not."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from headway.readings import asking, explain, groups, profile
from headway.readings.answers import Explanation, Profile
from headway.readings.door import Door, open_door
from headway.store.workspace import home_folder, open_workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level, Urn
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Readings(tuple[Reading, ...]):
    """Readings, in order; also as a table of their plain values."""

    def to_arrow(self) -> "pa.Table":
        import pyarrow as pa

        rows = [reading.as_dict() for reading in self]
        names = dict.fromkeys(name for row in rows for name in row)  # a school's row has a urn, an authority's its code
        return pa.Table.from_pydict({name: [row.get(name) for row in rows] for name in names})

    def to_pandas(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([reading.as_dict() for reading in self])


class Notebook:
    """A workspace as a notebook asks it. `early=True` at opening shows unvalidated results too."""

    def __init__(self, home: Path, viewer: Viewer) -> None:
        self.home = home
        self.viewer = viewer

    @property
    def door(self) -> Door:
        return open_door(self.home)

    def readings(
        self,
        measure: str,
        *,
        urn: int | str | Iterable[int | str] = (),
        authority: str | Iterable[str] = (),
        level: str | None = None,
        england: bool = False,
        year: str = "",
        first: str = "",
        last: str = "",
        cut: str | None = "all",
    ) -> Readings:
        """As `headway readings`: years as "2018/19"; cut None gives every cut. Raises HeadwayError as it does."""
        urns = (urn,) if isinstance(urn, (int, str)) else tuple(urn)
        authorities = tuple(code for code in ((authority,) if isinstance(authority, str) else authority) if code)
        span = [AcademicYear.parse(text) if text else None for text in ((year, year) if year else (first, last))]
        whole = asking.Asked(measure, first=span[0], last=span[1], cut=cut)
        wanted = asking.each(whole, urns=urns, authorities=authorities, england=england, level=Level(level) if level else None)
        return Readings(reading for asked in wanted for reading in asking.readings(self.door, asked, self.viewer))

    def group(self, measure: str, urns: Iterable[int | str], *, cut: str = "all") -> Readings:
        """The mean of a group of schools in each year, as the pages have it: without what is withheld or rests on too few pupils."""
        members = groups.checked(Urn.parse(text).number for text in urns)
        return Readings(
            groups.group_series(self.door, members, f"group of {len(members)} schools", measure=measure, cut=cut).trend.readings
        )

    def profile(self, urn: int | str) -> Profile:
        """A school's page as shapes."""
        return profile.profile(self.door, urn, self.viewer)

    def explain(self, place: int | str, measure: str, year: str, cut: str = "all") -> Explanation:
        """How one number came about. `place` is a URN, an authority code or "england"."""
        text = str(place)
        level = Level.ENGLAND if text.lower() == "england" else Level.SCHOOL if len(text) == 6 else Level.AUTHORITY
        code = ENGLAND if level is Level.ENGLAND else text
        return explain.explain(self.door, self.viewer, place=code, level=level, measure=measure, year=AcademicYear.parse(year), cut=cut)


def open_notebook(home: str | Path | None = None, *, early: bool = False) -> Notebook:
    """Open a workspace: the folder given, else HEADWAY_HOME, else the one made from this folder. Raises H-STORE-01."""
    import getpass

    space = open_workspace(home_folder(Path(home) if home else None))
    return Notebook(space.home, Viewer(getpass.getuser(), at_keyboard=True, sees_early=early))
