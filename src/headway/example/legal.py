"""What the registers call a school of a kind under a legal form."""

from dataclasses import dataclass

from headway.example.history import Establishment
from headway.example.kinds import KINDS
from headway.example.schools import Sites


@dataclass(frozen=True)
class LegalForm:
    """Names in GIAS, in the old school list, and its short code in the performance tables."""

    register: str
    group: str
    minor: str
    short: str


_MAINTAINED = "Local authority maintained schools"
_PLAIN = (
    LegalForm("Community school", _MAINTAINED, "Maintained School", "CY"),
    LegalForm("Foundation school", _MAINTAINED, "Maintained School", "FD"),
)
_CHURCH = (
    LegalForm("Voluntary controlled school", _MAINTAINED, "Maintained School", "VC"),
    LegalForm("Voluntary aided school", _MAINTAINED, "Maintained School", "VA"),
)
_CONVERTER = LegalForm("Academy converter", "Academies", "Academy", "ACC")
_SPONSORED = LegalForm("Academy sponsor led", "Academies", "Academy", "AC")
_FREE = LegalForm("Free schools", "Free Schools", "Academy", "F")
_OTHERS = {
    "nursery": LegalForm("Local authority nursery school", _MAINTAINED, "Maintained School", "NS"),
    "special": LegalForm("Community special school", "Special schools", "Special School", "CYS"),
    "pru": LegalForm("Pupil referral unit", _MAINTAINED, "Maintained School", "PRU"),
    "independent": LegalForm("Other independent school", "Independent schools", "Independent School", "IND"),
    "sixth_form": LegalForm("Further education", "Colleges", "College", "SFC"),
}
_OTHER_ACADEMIES = {
    "special": LegalForm("Academy special converter", "Academies", "Special School", "ACCS"),
    "pru": LegalForm("Academy alternative provision converter", "Academies", "Academy", "AP"),
    "sixth_form": LegalForm("Academy 16-19 converter", "Academies", "Academy", "ACC1619"),
}


def form(sites: Sites, one: Establishment) -> LegalForm:
    kind = KINDS[int(sites.kind[one.site])].name
    if one.academy:
        if kind in _OTHER_ACADEMIES:
            return _OTHER_ACADEMIES[kind]
        if one.why_opened == "New Provision":
            return _FREE
        return _SPONSORED if one.sponsored else _CONVERTER
    if kind in _OTHERS:
        return _OTHERS[kind]
    return (_CHURCH if sites.faith[one.site] else _PLAIN)[one.urn % 5 == 0]


def religion(sites: Sites, one: Establishment) -> str:
    return "Church of England" if sites.faith[one.site] else "Does not apply"


def postcode(sites: Sites, site: int) -> str:
    """In ZW, an area that no post is delivered to."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"ZW{int(sites.authority[site]) % 99 + 1} {site % 10}{letters[site // 10 % 20]}{letters[site // 200 % 20]}"


def school_name(sites: Sites, one: Establishment) -> str:
    """An academy is often renamed when it converts; the register keeps the old name on the old URN."""
    name = sites.name[one.site]
    return name.replace("Community Primary School", "Primary Academy") if one.academy else name
