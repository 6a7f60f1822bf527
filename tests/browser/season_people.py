"""Makes the people of a season in a bare Wrenford: `python -m tests.browser.season_people HOME` prints its schools and sign-ins as JSON."""

import json
import secrets
import sys
from pathlib import Path
from typing import Any

TIERS = 5
PHONE = "01632 960 143"  # of the numbers kept for stories


def schools(home: Path) -> dict[str, Any]:
    """Maintained primaries for the year and for each tier, one that is nobody's here, an academy, a nursery."""
    from headway.desk.establishments.models import Establishment
    from headway.readings.door import open_door
    from headway.readings.establishment import establishment

    door = open_door(home)
    listed = Establishment.objects.filter(listed=True, status="open").order_by("urn")
    known = [(one, establishment(door, one.pk).governance) for one in listed]
    kept = [one.pk for one, governance in known if one.phase == "primary" and governance == "maintained"][: TIERS + 2]
    return {
        "own": kept[0], "other": kept[1], "tiers": kept[2:],
        "academy": next(one.pk for one, governance in known if one.phase == "primary" and governance == "academy"),
        "nursery": next(one.pk for one, _ in known if one.phase == "nursery"),
        "names": {str(one.pk): one.name for one, _ in known},
    }  # fmt: skip


def people(found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    from headway.desk.accounts import actions
    from headway.desk.accounts.permissions import Role

    made = {}
    patch = frozenset({found["own"], *found["tiers"], found["academy"], found["nursery"]})
    for name, role, urns in (
        ("lead", Role.HEAD_OF_SCHOOL_IMPROVEMENT, frozenset()), ("adviser", Role.ADVISER, patch),
        ("officer", Role.SERVICE_OFFICER, frozenset()), ("head", Role.HEADTEACHER, frozenset({found["own"]})),
        ("chair", Role.GOVERNOR, frozenset({found["own"]})), ("academy head", Role.HEADTEACHER, frozenset({found["academy"]})),
        ("another head", Role.HEADTEACHER, frozenset({found["other"]})),
    ):  # fmt: skip
        email, word = f"{name.replace(' ', '.')}@wrenford.example", secrets.token_urlsafe(12)
        actions.invite(by="test", email=email, name=f"The {name}", roles=frozenset({role}), whole_area=not urns, urns=urns, password=word)
        made[name] = (email, word)
    return made


def main(home: Path) -> None:
    from headway.site.running import migrate

    migrate(home)
    found = schools(home)
    print(json.dumps({"schools": found, "people": people(found)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
