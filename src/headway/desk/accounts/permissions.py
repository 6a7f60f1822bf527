"""What can be done, who may do it by role, and why. No database here; the grid in the docs is made from this."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    OWN_ACCOUNT = "own_account"
    VIEW_SCHOOL = "view_school"
    VIEW_AREA = "view_area"
    VIEW_MEASURES = "view_measures"
    VIEW_DATA = "view_data"
    VIEW_EARLY_RESULTS = "view_early_results"
    MAKE_GROUPS = "make_groups"
    VIEW_STRATEGY = "view_strategy"
    UPDATE_STRATEGY = "update_strategy"
    WRITE_STRATEGY = "write_strategy"
    SEE_SUPPORT = "see_support"
    WRITE_SUPPORT = "write_support"
    COME_TO_SCHOOLS = "come_to_schools"
    KEEP_CALENDAR = "keep_calendar"
    PLAN_SUPPORT = "plan_support"
    VIEW_COSTS = "view_costs"
    ANSWER_FOR_SCHOOL = "answer_for_school"
    ANSWER_NOTICES = "answer_notices"
    SEE_RESTRICTED = "see_restricted"
    GIVE_RETURNS = "give_returns"
    SEE_TIERS = "see_tiers"
    MODERATE_TIERS = "moderate_tiers"
    DECIDE_TIERS = "decide_tiers"
    SIGN_OFF_TIERS = "sign_off_tiers"
    HEAR_APPEALS = "hear_appeals"
    SEE_ATTENDANCE = "see_attendance"
    SEE_PUPILS = "see_pupils"
    WORK_ATTENDANCE = "work_attendance"
    SEE_ENGAGEMENTS = "see_engagements"
    WRITE_ENGAGEMENTS = "write_engagements"
    LEAD_ENGAGEMENTS = "lead_engagements"
    HOLD_CONCERN_MEETINGS = "hold_concern_meetings"
    KEEP_DUTIES = "keep_duties"
    BRING_IN = "bring_in"
    ASK_WELLBEING = "ask_wellbeing"
    SEE_WELLBEING = "see_wellbeing"
    BROKER = "broker"
    SEE_LEARNING = "see_learning"
    BOOK_LEARNING = "book_learning"
    ADD_LEARNING = "add_learning"
    RUN_LEARNING = "run_learning"
    RUN_CONSULTATIONS = "run_consultations"
    SEE_BOARDS = "see_boards"
    KEEP_BOARDS = "keep_boards"
    APPROVE_PUBLICATION = "approve_publication"
    KEEP_DOCUMENTS = "keep_documents"
    EXPORT = "export"
    LOAD_DATA = "load_data"
    PUBLISH = "publish"
    VIEW_AUDIT = "view_audit"
    LOOK_AS = "look_as"
    MANAGE_ACCOUNTS = "manage_accounts"
    BREAK_GLASS = "break_glass"
    SEE_GLASS = "see_glass"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Permission.OWN_ACCOUNT: "keep their own account",
    Permission.VIEW_SCHOOL: "see a school's page",
    Permission.VIEW_AREA: "see the area's overview and lists of schools",
    Permission.VIEW_MEASURES: "see measures and how they are worked out",
    Permission.VIEW_DATA: "see sources, releases and loading reports",
    Permission.VIEW_EARLY_RESULTS: "see early, unvalidated results",
    Permission.MAKE_GROUPS: "make groups of schools to compare with, and share them",
    Permission.VIEW_STRATEGY: "read strategies that are kept within the area, and the board's view of them",
    Permission.UPDATE_STRATEGY: "read drafts of strategies and tell how actions are going",
    Permission.WRITE_STRATEGY: "write strategies and promises, and record what is decided",
    Permission.SEE_SUPPORT: "see visits, shared notes and follow-ups",
    Permission.WRITE_SUPPORT: "book visits, log calls and write notes",
    Permission.COME_TO_SCHOOLS: "say that they come to a school, and see who else of the council does",
    Permission.KEEP_CALENDAR: "have their visits, or who comes to their school, in their own calendar program",
    Permission.PLAN_SUPPORT: "name advisers, keep their diaries, set what a day costs and what is sold to schools",
    Permission.VIEW_COSTS: "see what support costs, without names of schools",
    Permission.ANSWER_FOR_SCHOOL: "answer for a school: its part before a visit, and whether a note is accurate",
    Permission.ANSWER_NOTICES: "reply to a notice to their school",
    Permission.SEE_RESTRICTED: "read restricted paragraphs of notes",
    Permission.GIVE_RETURNS: "send one-line returns on schools",
    Permission.SEE_TIERS: "see proposed tiers with their evidence, meetings and decisions",
    Permission.MODERATE_TIERS: "record what a meeting says of a school, ring its head and write reviews",
    Permission.DECIDE_TIERS: "call meetings on tiers, confirm decisions and send letters",
    Permission.SIGN_OFF_TIERS: "answer for a tier scheme that errs more for some schools than for others",
    Permission.HEAR_APPEALS: "answer appeals against tiers, independently",
    Permission.SEE_ATTENDANCE: "see schools’ attendance from registers, without pupils or counts of few",
    Permission.SEE_PUPILS: "see pupils in registers and the plans made with them",
    Permission.WORK_ATTENDANCE: "hold attendance meetings, keep plans, decide about notices and take legal steps",
    Permission.SEE_ENGAGEMENTS: "see engagements with schools and the register of concerns",
    Permission.WRITE_ENGAGEMENTS: "write steps, notes and directions of engagements, and concerns",
    Permission.LEAD_ENGAGEMENTS: "open and close engagements, name advisers, and take what may follow when concern stays",
    Permission.HOLD_CONCERN_MEETINGS: "hold the monthly meeting on schools causing concern and read its minutes",
    Permission.KEEP_DUTIES: "keep the register of the council's duties",
    Permission.BRING_IN: "bring in today's spreadsheets, and take them back",
    Permission.ASK_WELLBEING: "write in confidence of how they are",
    Permission.SEE_WELLBEING: "read and answer what heads write in confidence; given to nobody who decides about schools",
    Permission.BROKER: "match needs with offers of help, and arrange it",
    Permission.SEE_LEARNING: "see networks of schools, sessions of development, partners and the evidence library",
    Permission.BOOK_LEARNING: "book places for a school, take up what partners offer, and propose practices",
    Permission.ADD_LEARNING: "keep sessions, review practices, and read all that networks write",
    Permission.RUN_LEARNING: "make and close networks, programmes and partners, and publish practices",
    Permission.KEEP_DOCUMENTS: "keep files, take them out and archive them",
    Permission.RUN_CONSULTATIONS: "ask in consultations, read what was sent and publish what is done about it",
    Permission.SEE_BOARDS: "see boards, their meetings and what is public of them",
    Permission.KEEP_BOARDS: "keep boards: members, agendas, papers, decisions and minutes",
    Permission.APPROVE_PUBLICATION: "propose public pages and approve what would change on them",
    Permission.EXPORT: "download tables",
    Permission.LOAD_DATA: "load files",
    Permission.PUBLISH: "publish and roll back",
    Permission.VIEW_AUDIT: "read the audit",
    Permission.LOOK_AS: "look at pages as somebody else sees them, as far as they may see them themselves",
    Permission.MANAGE_ACCOUNTS: "invite people and set their roles",
    Permission.BREAK_GLASS: "break the glass: read restricted notes on one school in an emergency, known to the data protection officer",
    Permission.SEE_GLASS: "see each time that the glass was broken, and what was read",
}


class Role(StrEnum):
    HEAD_OF_SCHOOL_IMPROVEMENT = "head_of_school_improvement"
    ADVISER = "adviser"
    HEADTEACHER = "headteacher"
    GOVERNOR = "governor"
    BOARD_CHAIR = "board_chair"
    ANALYST = "analyst"
    ATTENDANCE_OFFICER = "attendance_officer"
    ELECTED_MEMBER = "elected_member"
    SERVICE_OFFICER = "service_officer"
    WELLBEING_CONTACT = "wellbeing_contact"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def permissions(self) -> frozenset[Permission]:
        return GRANTS[self]

    @property
    def bound_to_patch(self) -> bool:
        """Whether the role can only be held for named schools, never for the whole area."""
        return self in (Role.HEADTEACHER, Role.GOVERNOR)


P = Permission
_EVERYONE = frozenset({P.OWN_ACCOUNT})
_PUBLISHED = _EVERYONE | {P.VIEW_SCHOOL, P.VIEW_MEASURES, P.MAKE_GROUPS, P.EXPORT}
_AREA = _PUBLISHED | {P.VIEW_AREA, P.VIEW_STRATEGY, P.SEE_BOARDS, P.VIEW_COSTS, P.SEE_LEARNING}
_PLANS = frozenset({P.PLAN_SUPPORT})
_SUPPORT = frozenset({P.SEE_SUPPORT, P.WRITE_SUPPORT, P.COME_TO_SCHOOLS, P.KEEP_CALENDAR})
_MODERATES = frozenset({P.GIVE_RETURNS, P.SEE_TIERS, P.MODERATE_TIERS})
_ENGAGED = frozenset({P.SEE_ENGAGEMENTS, P.WRITE_ENGAGEMENTS})
_LEADING = frozenset({P.DECIDE_TIERS, P.LEAD_ENGAGEMENTS, P.HOLD_CONCERN_MEETINGS, P.KEEP_DUTIES, P.BRING_IN})
_ADVISER = (
    _AREA | _SUPPORT | _MODERATES | _ENGAGED | {P.SEE_ATTENDANCE, P.SEE_RESTRICTED, P.VIEW_DATA, P.VIEW_EARLY_RESULTS, P.UPDATE_STRATEGY}
) | {P.BROKER, P.ADD_LEARNING}
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.HEAD_OF_SCHOOL_IMPROVEMENT: _ADVISER
    | _LEADING
    | _PLANS
    | {P.PUBLISH, P.VIEW_AUDIT, P.WRITE_STRATEGY, P.RUN_CONSULTATIONS, P.KEEP_DOCUMENTS, P.KEEP_BOARDS}
    | {P.APPROVE_PUBLICATION, P.RUN_LEARNING, P.LOOK_AS, P.SIGN_OFF_TIERS},
    Role.ADVISER: _ADVISER,
    Role.HEADTEACHER: _PUBLISHED
    | {
        P.VIEW_EARLY_RESULTS,
        P.SEE_SUPPORT,
        P.ANSWER_FOR_SCHOOL,
        P.ANSWER_NOTICES,
        P.KEEP_CALENDAR,
        P.SEE_BOARDS,
        P.SEE_ATTENDANCE,
        P.SEE_PUPILS,
        P.ASK_WELLBEING,
    }
    | {P.SEE_LEARNING, P.BOOK_LEARNING},
    Role.GOVERNOR: _PUBLISHED
    | {P.SEE_SUPPORT, P.KEEP_CALENDAR, P.ANSWER_NOTICES, P.SEE_BOARDS, P.SEE_ATTENDANCE, P.SEE_LEARNING, P.BOOK_LEARNING},
    Role.BOARD_CHAIR: _AREA | {P.HEAR_APPEALS},
    Role.ANALYST: _AREA | {P.VIEW_DATA, P.VIEW_EARLY_RESULTS, P.LOAD_DATA, P.PUBLISH},
    Role.ATTENDANCE_OFFICER: _AREA
    | _SUPPORT
    | {P.VIEW_DATA, P.UPDATE_STRATEGY, P.GIVE_RETURNS, P.SEE_ATTENDANCE, P.SEE_PUPILS, P.WORK_ATTENDANCE},
    Role.ELECTED_MEMBER: _AREA,
    Role.SERVICE_OFFICER: _AREA
    | {P.GIVE_RETURNS, P.COME_TO_SCHOOLS, P.KEEP_CALENDAR},  # of SEND, HR, finance, governor services, safeguarding, admissions
    Role.WELLBEING_CONTACT: _EVERYONE | {P.SEE_WELLBEING},  # apart from all who decide about schools
    Role.DATA_PROTECTION_OFFICER: _EVERYONE | {P.VIEW_AUDIT, P.SEE_GLASS},  # is told when an administrator breaks the glass
    Role.ADMINISTRATOR: _EVERYONE | {P.VIEW_AUDIT, P.MANAGE_ACCOUNTS, P.BREAK_GLASS},  # keeps accounts; sees no school's results by that
}
NEEDS_STRONG_SIGN_IN = frozenset({P.VIEW_EARLY_RESULTS, P.SEE_PUPILS, P.SEE_RESTRICTED, P.MANAGE_ACCOUNTS, P.VIEW_AUDIT}) | {
    P.SEE_WELLBEING, P.BREAK_GLASS, P.SEE_GLASS,
}  # fmt: skip


@dataclass(frozen=True)
class Access:
    """Whether, and the sentence that says why. False in a condition when not allowed.

    `hidden`: the answer must not tell that the thing exists (a school outside the patch).
    """

    allowed: bool
    reason: str
    hidden: bool = False

    def __bool__(self) -> bool:
        return self.allowed


def decide(roles: frozenset[Role], patch: frozenset[int] | None, permission: Permission, urn: int | None = None) -> Access:
    """The one decision. `patch` None is the whole area; `urn` None asks of no school in particular."""
    granting = sorted((role for role in roles if permission in role.permissions), key=list(Role).index)
    if not granting:
        return Access(False, f"None of your roles may {permission.words}.")
    because = f"Your role of {granting[0].words.lower()} may {permission.words}"
    if urn is None:
        return Access(True, f"{because}.")
    for role in granting:
        if patch is None and not role.bound_to_patch:
            return Access(True, f"Your role of {role.words.lower()} may {permission.words}, for every school of the area.")
    if patch is not None and urn in patch:
        return Access(True, f"{because}, and this school is in your patch.")
    return Access(False, "This school is not in your patch.", hidden=True)


def may_have_whole_area(roles: frozenset[Role]) -> bool:
    return not any(role.bound_to_patch for role in roles)


def grid() -> str:
    """docs/reference/permissions.md, made from the roles."""
    roles = list(Role)
    head = "| may | " + " | ".join(role.words for role in roles) + " |"
    rule = "|---|" + "---|" * len(roles)
    rows = [f"| {one.words} | " + " | ".join("yes" if one in role.permissions else "–" for role in roles) + " |" for one in Permission]
    patch = "| held for named schools only | " + " | ".join("yes" if role.bound_to_patch else "–" for role in roles) + " |"
    strong = "| needs a second factor | " + " | ".join("yes" if role.permissions & NEEDS_STRONG_SIGN_IN else "–" for role in roles) + " |"
    return "\n".join([_GRID_OPENING, head, rule, *rows, patch, strong, ""])


_GRID_OPENING = """# Who may do what

Made from `desk/accounts/permissions.py`; a test holds the two equal. A person may hold several roles. Each works for the whole
area or for a patch of schools; a school outside the patch answers as one that does not exist. What is not listed is denied.
"""
