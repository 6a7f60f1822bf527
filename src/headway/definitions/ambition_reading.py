"""Reads ambitions from their files: each fault with file and line, all of them at once."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from headway.definitions.ambition_checks import Case, Told, faults
from headway.definitions.ambitions import Ambition
from headway.definitions.progress8 import Progress8Gap
from headway.definitions.schemas import Measure
from headway.definitions.vocabularies import Cut
from headway.definitions.yaml_reading import Fault, Lines, read_yaml, told

FOLDER = "ambitions"


@dataclass(frozen=True)
class Known:
    """What of the library an ambition is checked against."""

    measures: dict[str, Measure]
    cuts: dict[str, Cut]
    no_progress8: tuple[Progress8Gap, ...] = ()
    sets: frozenset[str] = field(default_factory=frozenset)

    def without_sets(self) -> "Known":
        """For a file that stands outside a library: any folder may hold it."""
        return replace(self, sets=frozenset())


def ambitions_of(files: dict[str, Path], known: Known, found: list[str]) -> dict[str, Ambition]:
    """The ambitions of these files by id; what is wrong with them is added to `found`."""
    read = {name: read_ambition(name, path, known, found) for name, path in files.items()}
    return {name: one for name, one in read.items() if one is not None}


def read_ambition(name: str, path: Path, known: Known, found: list[str]) -> Ambition | None:
    """One ambition from its file. A set that nobody lists is a fault only where sets are known."""
    try:
        content, lines = read_yaml(path)
        ambition = Ambition.model_validate({**content, "id": name})
    except Fault as fault:
        found.append(str(fault))
        return None
    except ValidationError as error:
        found.extend(told(path, error, lines, ()))
        return None
    except (TypeError, UnicodeDecodeError, OSError) as error:
        found.append(f"{path}:1: {error}")
        return None
    told_of = sorted((_line(lines, place), words) for place, words in checked(ambition, known))
    found.extend(f"{path}:{line}: {words}" for line, words in told_of)
    return ambition


def checked(ambition: Ambition, known: Known) -> list[tuple[tuple[str, ...], str]]:
    """Every fault of an ambition, each with the place in its file: the same for a file and for a form."""
    said: dict[tuple[tuple[str, ...], str], None] = {}  # two readings of the words may share a fault: it is told once
    for place, words in _whole(ambition, known):
        said.setdefault((place, words))
    unknown = [name for choice in ambition.choices.values() for name in choice.parts if name not in ambition.parts]
    if unknown:
        return list(said)
    for choice in list(ambition.choices) or [""]:
        for part, asks in ambition.all_parts(choice).items():
            case = Case(ambition, asks, known.measures, known.cuts, known.no_progress8)
            for fault in faults(case):
                said.setdefault(_placed(ambition, part, choice, fault))
    return list(said)


def _whole(ambition: Ambition, known: Known) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = []
    if known.sets and ambition.set not in known.sets:
        found.append(((), f"ambition_sets.yaml does not say whose promises {ambition.set!r} are"))
    if bool(ambition.choices) != bool(ambition.chosen) or (ambition.chosen and ambition.chosen not in ambition.choices):
        found.append((("chosen",), "one of the readings in `choices` is chosen, and only where there are some"))
    for name, choice in ambition.choices.items():
        missing = [part for part in choice.parts if part not in ambition.parts]
        found += [(("choices", name, "parts"), f"there is no part {part!r}") for part in missing]
    return found


def _placed(ambition: Ambition, part: str, choice: str, fault: Told) -> tuple[tuple[str, ...], str]:
    """Where a fault stands: in the choice, the part, or what the whole ambition asks, whichever gave the field."""
    name, words = fault
    within = f"{part}: {words}" if part else words
    taken = ambition.choices.get(choice)
    if taken and name in taken.sets.model_fields_set and (not taken.parts or part in taken.parts):
        return ("choices", choice, "sets", name), words
    if part and name in ambition.parts[part].model_fields_set:
        return ("parts", part, name), within
    if name in ambition.asks.model_fields_set or not part:
        return ("asks", name), words
    return ("parts", part), within


def _line(lines: Lines, place: tuple[str, ...]) -> int:
    at: tuple[str | int, ...] = place
    while at not in lines and at:
        at = at[:-1]
    return lines.get(at, 1)
