"""What proves a school's figures of attendance: frozen shapes of plain values."""

from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True)
class Share:
    """One figure in per cent, unrounded, and the whole numbers that it is the quotient of; `of` says what they count."""

    id: str
    title: str
    value: float | None
    numerator: int | None
    denominator: int | None
    of: str  # sessions, pupils
    rule: str


@dataclass(frozen=True)
class FileUsed:
    """A file that tells of the school. `sha256` is of its bytes, empty of one from before it was kept; its name is not kept.

    `sessions` of the year were first marked by it, in `corrected` it came later or put another mark in the place of one.
    """

    load: int
    shape: str
    received: date
    at: str
    rows: int
    sha256: str
    schools: int
    sessions: int = 0
    corrected: int = 0


@dataclass(frozen=True)
class CodeCount:
    """A register code, how often it stands up to the day, and what it counts as."""

    code: str
    title: str
    means: str
    sessions: int


@dataclass(frozen=True)
class LeftOut:
    what: str
    many: int
    why: str


@dataclass(frozen=True)
class Difference:
    """Why the department's tool may say another figure, and what of it can be told in numbers. `value` in per cent."""

    why: str
    told: str
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Proof:
    """A school's figures with all that they rest on.

    `basis` is marks or figures to date. `codes` and `left_out` are empty for who may not see pupils, for they may be of few.
    `agrees`: the sums of the codes are what the bit planes count; None where there are no marks.
    """

    urn: int
    school: str
    year: str
    basis: str
    first: date
    data_to: date
    generation: int
    digest: str
    codes_from: str
    rules_from: str
    shares: tuple[Share, ...]
    files: tuple[FileUsed, ...]
    codes: tuple[CodeCount, ...]
    left_out: tuple[LeftOut, ...]
    differs: tuple[Difference, ...]
    agrees: bool | None
    notes: tuple[str, ...]

    def share(self, name: str) -> Share | None:
        return next((one for one in self.shares if one.id == name), None)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class SchoolSum:
    """A school's part of the area's sum; None where it is withheld."""

    urn: int
    school: str
    possible: int | None
    attended: int | None
    attendance: float | None


@dataclass(frozen=True)
class AreaProof:
    """The area's figures: sums over the sums of its schools, and every file that was taken in, the newest first."""

    year: str
    data_to: date
    generation: int
    digest: str
    shares: tuple[Share, ...]
    schools: tuple[SchoolSum, ...]
    not_sending: int
    files: tuple[FileUsed, ...]
    differs: tuple[Difference, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)
