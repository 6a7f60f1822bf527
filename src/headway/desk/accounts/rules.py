"""Session limits and what a set of roles may look like. No database here."""

from dataclasses import dataclass

from headway.desk.accounts.permissions import Role, may_have_whole_area

FIGURES, ATTENDANCE = "figures", "attendance"
SCOPES = (  # of a token for programs
    (FIGURES, "Figures: schools, measures, readings, promises, strategies"),
    (ATTENDANCE, "Schools’ attendance from registers: rates and counts, no pupil, and none of few"),
)  # fmt: skip


def every_scope() -> list[str]:
    """What a token had before there were scopes."""
    return [name for name, _ in SCOPES]


@dataclass(frozen=True)
class Limits:
    """In seconds."""

    idle: int
    longest: int


def over(limits: Limits, started: float, seen: float, moment: float) -> bool:
    """Whether a session has ended. A clock set back ends it too: it cannot be told how long it has been."""
    return moment - seen > limits.idle or moment - started > limits.longest or moment < seen - 60


def faults_of_roles(roles: frozenset[Role], whole_area: bool, urns: frozenset[int]) -> list[str]:
    """What is wrong with a set of roles and a patch, in words for the form."""
    faults = []
    if not roles:
        faults.append("Choose at least one role.")
    if whole_area and not may_have_whole_area(roles):
        faults.append("Headteachers and governors work with named schools. Give their URNs and leave out the whole area.")
    if not whole_area and not urns and roles - {Role.ADMINISTRATOR, Role.WELLBEING_CONTACT, Role.DATA_PROTECTION_OFFICER}:
        faults.append("Give the schools of the patch, or the whole area.")
    if Role.WELLBEING_CONTACT in roles and len(roles) > 1:
        faults.append(
            "Whoever listens to heads has no other role: nobody who decides about schools may read what heads write of themselves."
        )
    if {Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR} <= roles:
        faults.append("Who is told that the glass is broken is not who may break it: give the two roles to two people.")
    return faults


def faults_of_change(roles: frozenset[Role], active: bool, other_administrators: int) -> list[str]:
    """What is wrong with leaving a person with these roles: somebody must be left who keeps accounts."""
    if other_administrators == 0 and (not active or Role.ADMINISTRATOR not in roles):
        return ["Somebody must keep accounts. Make another person administrator first."]
    return []
