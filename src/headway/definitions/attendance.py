"""What the library says of attendance: codes by date, exports, absence rules, notices, returns and steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from headway.definitions.absence_rules import AbsenceRule, PenaltyNotices, reason_faults
from headway.definitions.attendance_codes import AttendanceCodes, code_faults
from headway.definitions.attendance_duties import Duty
from headway.definitions.attendance_exports import AttendanceExport


@dataclass(frozen=True)
class Attendance:
    """Each by its id."""

    codes: Mapping[str, AttendanceCodes] = field(default_factory=dict)
    exports: Mapping[str, AttendanceExport] = field(default_factory=dict)
    absence_rules: Mapping[str, AbsenceRule] = field(default_factory=dict)
    penalty_notices: Mapping[str, PenaltyNotices] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)


def attendance_of(gather: Callable[[type[Any], str], dict[str, Any]], faults: list[str]) -> Attendance:
    """Gathered by a function that reads all files of one kind; what does not fit together is added to `faults`."""
    found = Attendance(
        gather(AttendanceCodes, "attendance_codes"), gather(AttendanceExport, "attendance_exports"), gather(AbsenceRule, "absence_rules"),
        gather(PenaltyNotices, "penalty_notices"), gather(Duty, "attendance_duties"),
    )  # fmt: skip
    faults.extend([*code_faults(found.codes), *reason_faults(found.penalty_notices, found.codes)])
    return found
