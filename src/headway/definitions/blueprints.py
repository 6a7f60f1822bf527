"""What a blueprint is: a strategy as a package that another area can begin from. Words and promises, no data, no address, no code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from headway.definitions.schemas import Definition
from headway.definitions.yaml_reading import Fault, parse_yaml, told
from headway.vocabulary.errors import HeadwayError

MOST_BYTES = 200_000
MOST_PIECES = 600
SCHEMES = ("://", "www.", "javascript:", "data:", "file:")

Title = Field(max_length=200)
Text = Field(default="", max_length=2_000)


class Step(Definition):
    """A milestone: so many months after its action begins."""

    title: str = Title
    after: int = Field(ge=0, le=180)


class Doing(Definition):
    """An action. `begins` and `lasts` are in months, from the strategy's first day."""

    title: str = Title
    activity: str = Field(max_length=2_000)
    output: str = Text
    outcome: str = Text
    evidence: str = Text
    owner: str = Field(max_length=120)
    partner: str = Field(default="", max_length=150)
    begins: int = Field(default=0, ge=0, le=180)
    lasts: int = Field(default=12, ge=1, le=180)
    resources: str = Text
    serves: tuple[str, ...] = ()
    milestones: tuple[Step, ...] = ()


class Aim(Definition):
    """A priority."""

    title: str = Field(max_length=150)
    purpose: str = Text
    actions: tuple[Doing, ...] = ()


class Line(Definition):
    """A strand."""

    title: str = Field(max_length=150)
    purpose: str = Text
    priorities: tuple[Aim, ...] = ()


class Other(Definition):
    """A partner."""

    title: str = Field(max_length=150)
    delivers: str = Field(max_length=2_000)
    bond: Literal["commissioned", "agreed", "willing"] = "willing"
    if_not: str = Text


class Danger(Definition):
    """A risk."""

    title: str = Title
    likelihood: Literal["low", "medium", "high"]
    effect: Literal["low", "medium", "high"]
    answer: str = Field(max_length=2_000)
    owner: str = Field(max_length=120)


class Proposal(Definition):
    """A promise to be written for the area that takes the blueprint up: its words, and as far as it is known how it would be checked."""

    title: str = Field(max_length=120)
    words: str = Field(max_length=400)
    owner: str = Field(default="", max_length=120)
    note: str = Text
    asks: dict[str, Any] = Field(default_factory=dict)
    parts: dict[str, Any] = Field(default_factory=dict)
    choices: dict[str, Any] = Field(default_factory=dict)
    chosen: str = ""


class Blueprint(Definition):
    """A strategy to begin from. `said_by` tells in words where it was published; `left_out` what the source does not name."""

    blueprint: Literal[1]
    title: str = Field(max_length=150)
    summary: str = Field(max_length=2_000)
    owner: str = Field(max_length=120)
    said_by: str = Field(default="", max_length=300)
    left_out: str = Text
    months: int = Field(default=36, ge=3, le=180)
    strands: tuple[Line, ...] = ()
    partners: tuple[Other, ...] = ()
    risks: tuple[Danger, ...] = ()
    promises: dict[str, Proposal] = Field(default_factory=dict)


def read_blueprint(raw: bytes, name: str = "the file") -> Blueprint:
    """A blueprint from bytes of anybody's. Raises H-DATA-96 with every fault found, each with its line.

    Nothing in it is followed or run: anchors, aliases, tags and addresses are refused; size, depth and the number of pieces are limited.
    """
    path = Path(name)
    faults: list[str] = []
    found: Blueprint | None = None
    try:
        content, lines = _content(raw, path)
        faults += [f"{path}:{lines.get(at, 1)}: {'.'.join(map(str, at))}: {words}" for at, words in _addresses(content)]
        found = Blueprint.model_validate(content)
    except Fault as fault:
        faults.append(str(fault))
    except ValidationError as error:
        faults += told(path, error, lines, ())
    except (UnicodeDecodeError, TypeError) as error:
        faults.append(f"{path}:1: {error}")
    faults += list(_whole(found)) if found else []
    if faults or found is None:
        raise _refused(faults)
    return found


def _content(raw: bytes, path: Path) -> tuple[Any, Any]:
    if len(raw) > MOST_BYTES:
        raise Fault(path, 1, f"the file has {len(raw):,} bytes; a blueprint has at most {MOST_BYTES:,}")
    try:
        for event in yaml.parse(raw, Loader=yaml.SafeLoader):
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise Fault(path, _line(event.start_mark), "a blueprint has no anchors, aliases or tags")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault(path, _line(mark), f"not valid YAML: {getattr(error, 'problem', error)}") from None
    content, lines = parse_yaml(raw, path)
    if not isinstance(content, dict):
        raise Fault(path, 1, "a blueprint is a list of names with values, beginning with blueprint: 1")
    return content, lines


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _addresses(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text that holds an address: a blueprint says in words where things are, and leads nowhere."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _addresses(one, (*at, name))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _addresses(one, (*at, place))
    elif isinstance(value, str) and any(scheme in value.lower() for scheme in SCHEMES):
        yield at, "an address stands here; a blueprint has none"


def _whole(one: Blueprint) -> Iterator[str]:
    actions = [action for strand in one.strands for priority in strand.priorities for action in priority.actions]
    names = {partner.title for partner in one.partners}
    for action in actions:
        if action.partner and action.partner not in names:
            yield f"the action “{action.title}”: there is no partner “{action.partner}”"
        yield from (f"the action “{action.title}”: there is no promise “{key}”" for key in action.serves if key not in one.promises)
    pieces = len(one.strands) + sum(len(strand.priorities) for strand in one.strands) + len(actions) + len(one.partners) + len(one.risks)
    if pieces + sum(len(action.milestones) for action in actions) + len(one.promises) > MOST_PIECES:
        yield f"it has more than {MOST_PIECES} pieces"


def _refused(faults: list[str]) -> HeadwayError:
    shown = "\n  ".join(faults[:60]) + (f"\n  … and {len(faults) - 60} more" if len(faults) > 60 else "")
    count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
    return HeadwayError("H-DATA-96", f"The blueprint has {count}:\n  {shown}\n", remedy="Mend each line named; nothing was taken up.")
