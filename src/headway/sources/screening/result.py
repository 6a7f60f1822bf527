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


def fine(check: str, message: str = "") -> CheckResult:
    return CheckResult(check, True, message)


def told(check: str, code: str, message: str, guidance: str) -> CheckResult:
    """A fault that the reader must know of; the file lands."""
    return CheckResult(check, False, message, blocking=False, guidance=guidance, code=code)


def refused(check: str, code: str, message: str, guidance: str) -> CheckResult:
    """A fault that quarantines the file."""
    return CheckResult(check, False, message, blocking=True, guidance=guidance, code=code)
