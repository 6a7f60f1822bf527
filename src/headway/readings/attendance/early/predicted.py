"""Who will be persistently absent at the end of the year: a chance, the reasons for it, and how well such chances did before.

Taught on the area's own full years; never on anybody else's. A chance never decides anything alone; until 200 pupils of a past year at
whom it was tried became persistently absent it says that it is not validated locally; where its errors differ between groups by more
than ten points, beyond chance, it is held back until somebody has looked and signed.
"""

import hashlib
import json
from dataclasses import dataclass

import numpy as np

from headway.protected import private_files
from headway.protected.untold import untold
from headway.readings.attendance.early.asking import Asked, Opened, opened
from headway.readings.attendance.early.done import Done
from headway.readings.attendance.early.teaching import lessons, now_at_risk, taught, tried
from headway.readings.attendance.early.validation import Validation, read
from headway.readings.attendance.opening import written_down
from headway.readings.door import Door
from headway.registers.early_inputs import NAMES
from headway.registers.slots import year_of
from headway.stats.logistic import Fit
from headway.vocabulary.viewer import Viewer

MOST_REASONS = 3
LEAST = 0.1  # of a reason, in log odds: about a tenth more likely
NONE_FULL = "Nothing is predicted: no full past year of registers is held to learn from, or too few in it became persistently absent."


@dataclass(frozen=True)
class Prediction:
    """A pupil at risk. `reasons` are what makes it likelier than for an average pupil at risk, the weightiest first, of NAMES of
    registers/early_inputs.py. `possible` and `absent` to date.
    """

    urn: int
    school: str
    pupil: str
    key: str
    year_group: str
    chance: float
    reasons: tuple[str, ...]
    possible: int
    absent: int
    cleared_by: Done | None

    def as_dict(self) -> dict[str, object]:
        return vars(self) | {"cleared_by": self.cleared_by.as_dict() if self.cleared_by else None}


@dataclass(frozen=True)
class Predictions:
    """The likeliest first. `at_risk` pupils are neither persistently absent already nor certain either way; none is listed where the
    prediction is held back or cannot be made, and then `notes` say why.
    """

    listed: list[Prediction]
    at_risk: int
    validation: Validation | None
    notes: tuple[str, ...]


def predicted(door: Door, viewer: Viewer | None, asked: Asked) -> Predictions:
    """Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73, H-USAGE-118."""
    here = opened(door, viewer, asked)
    found = untold(lambda: _predicted(here))
    written_down(here.registers, here.viewer, "early predicted", rows=len(found.listed))
    return found


def validation(door: Door, viewer: Viewer | None, asked: Asked) -> Validation | None:
    """How the prediction did on a past year cut at the same week of term; None where there is no full year to try it on."""
    here = opened(door, viewer, asked)
    found = untold(lambda: _model(here)[1])
    written_down(here.registers, here.viewer, "early calibration")
    return found


def _model(here: Opened) -> tuple[Fit | None, Validation | None]:
    def work() -> tuple[Fit | None, Validation | None]:
        years = lessons(here)
        return taught([(one.values, one.came) for one in years]), _kept(here) or _keep(here, tried(here, years))

    return here.once(f"prediction{_support(here)}", work)


def _path_name(here: Opened) -> str:
    """One for each generation of registers, library, day and what is known of support: another of them is another validation."""
    return f"{here.registers.pointer.generation:06d}-{here.registers.library.digest[:12]}-{here.day}{_support(here)}.json"


def _support(here: Opened) -> str:
    """A digest of what was done in years before this one; empty where nothing is known."""
    of_past = sorted((one.urn, one.pupil, one.on.isoformat()) for one in here.asked.done if year_of(one.on) < here.view.slots.year)
    return f"-{hashlib.sha256(json.dumps(of_past).encode()).hexdigest()[:12]}" if of_past else ""


def _kept(here: Opened) -> Validation | None:
    path = private_files.closed(here.registers.folder / "early") / _path_name(here)
    return read(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def _keep(here: Opened, found: Validation | None) -> Validation | None:
    """Kept beside the registers; those of older generations go, for their pupils may have been forgotten since."""
    folder = private_files.closed(here.registers.folder / "early")
    for path in folder.glob("*.json"):
        if not path.name.startswith(f"{here.registers.pointer.generation:06d}-"):
            path.unlink(missing_ok=True)
    if found:
        private_files.write(folder / _path_name(here), json.dumps(found.as_dict()))
    return found


def _predicted(here: Opened) -> Predictions:
    model, checked = _model(here)
    if model is None:
        return Predictions([], 0, checked, (NONE_FULL,))
    values, at_risk = here.once("at risk", lambda: now_at_risk(here))
    mine = at_risk & here.mine
    if checked is None or checked.held_back:
        return Predictions([], int(mine.sum()), checked, (_why_not(checked),))
    chances, parts = model.chances(values), model.parts(values)
    rows = np.nonzero(mine)[0]
    objected, most = set(here.asked.objected), here.asked.most
    likeliest = rows[np.argsort(-chances[rows], kind="stable")][: None if most is None else most + len(objected)].tolist()
    found = [_one(here, row, float(chances[row]), parts[row]) for row in likeliest]
    notes = () if checked.validated else ("Not validated locally: too few pupils became persistently absent in the year it was tried on.",)
    return Predictions([one for one in found if not objected & {one.key, one.pupil}][:most], len(rows), checked, notes)


def _why_not(checked: Validation | None) -> str:
    if checked is None:
        return "The prediction is held back: it could not be tried on pupils that it was not taught on."
    return (
        f"The prediction is held back: its errors differ between groups by {', '.join(checked.held_back)}, and nobody has signed that off."
    )


def _one(here: Opened, row: int, chance: float, parts: "np.typing.NDArray[np.float64]") -> Prediction:
    rows, key = here.view.rows, here.view.rows.pupils[row].tobytes()
    urn, number = int(rows.urns[row]), here.registers.number(key)
    order = [at for at in np.argsort(-parts).tolist() if parts[at] >= LEAST][:MOST_REASONS]
    first = here.so_far.first_missed(here.so_far.last(here.rule.early.long_stretch))[row]
    since = here.day.fromordinal(int(first)) if first else here.day
    return Prediction(
        urn, here.school(urn), number, key.hex(), str(rows.texts["year_group"][row]), chance, tuple(NAMES[at] for at in order),
        int(here.so_far.sessions[row]), int(here.so_far.missed[row]), here.cleared(row, since, number),
    )  # fmt: skip
