"""What every check answers: one row of the same shape, whatever was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """`blocking` failures quarantine the file; others are told and the file lands. `guidance` is the remedy."""

    check: str
    passed: bool
    message: str
    blocking: bool = False
    guidance: str = ""
    code: str = ""
