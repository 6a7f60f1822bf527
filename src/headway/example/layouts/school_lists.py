"""The list of schools of each year: the spine to 2018/19, school information after it."""

from headway.example.history import Establishment
from headway.example.inspections import Inspections
from headway.example.intake import Year
from headway.example.kinds import KINDS
from headway.example.legal import form, postcode, religion, school_name
from headway.example.writing import Folder

SPINE = [
    "URN",
    "LA",
    "ESTAB",
    "LAESTAB",
    "SCHNAME",
    "OTHERSCHNAME",
    "STREET",
    "LOCALITY",
    "ADDRESS3",
    "TOWN",
    "POSTCODE",
    "TELNUM",
    "ICLOSE",
    "OPENDATE",
    "CLOSEDATE",
    "ISNEW",
    "MINORGROUP",
    "NFTYPE",
    "OTHERNFTYPE",
    "ISPRIMARY",
    "ISSECONDARY",
    "ISPOST16",
    "AGEL",
    "AGEH",
    "GENDER",
    "SIXFGENDER",
    "RELDENOM",
    "ADMPOL",
    "OTHERURN",
    "NEWACFLAG",
    "RE-BROKERED",
]
INFORMATION = [
    "URN",
    "LANAME",
    "LA",
    "ESTAB",
    "LAESTAB",
    "SCHNAME",
    "STREET",
    "LOCALITY",
    "ADDRESS3",
    "TOWN",
    "POSTCODE",
    "SCHSTATUS",
    "OPENDATE",
    "CLOSEDATE",
    "MINORGROUP",
    "SCHOOLTYPE",
    "ISPRIMARY",
    "ISSECONDARY",
    "ISPOST16",
    "AGELOW",
    "AGEHIGH",
    "GENDER",
    "RELCHAR",
    "ADMPOL",
    "OFSTEDRATING",
    "OFSTEDLASTINSP",
]


def write(folder: Folder, year: Year, inspections: Inspections) -> None:
    if year.start <= 2018:
        folder.rows(f"performance-tables/{year.name}/england_spine.csv", SPINE, (_spine(year, one) for one in year.establishment))
    else:
        ratings = inspections.as_at(f"{year.start + 1}-08-31")
        rows = (_information(year, one, *ratings.get(one.site, ("", ""))) for one in year.establishment)
        folder.rows(f"performance-tables/{year.name}/england_school_information.csv", INFORMATION, rows)


def _phases(year: Year, site: int) -> tuple[int, int, int]:
    kind = KINDS[int(year.sites.kind[site])]
    return int(kind.low < 11), int(kind.low <= 11 < kind.high and kind.high > 11), int(bool(year.sites.sixth_form[site]))


def ages(year_sites: object, kind: int, sixth_form: bool) -> tuple[int, int]:
    one = KINDS[kind]
    return one.low, max(one.high, 18) if sixth_form else one.high


def _spine(year: Year, one: Establishment) -> list[object]:
    sites, site = year.sites, one.site
    la, legal = year.country.authorities[int(sites.authority[site])].code, form(sites, one)
    low, high = ages(sites, int(sites.kind[site]), bool(sites.sixth_form[site]))
    name = school_name(sites, one)
    return [
        one.urn,
        la,
        sites.estab[site],
        f"{la}{sites.estab[site]}",
        name,
        "",
        f"{sites.place[site]} Road",
        sites.place[site],
        "",
        sites.town[site],
        postcode(sites, site),
        "",
        1,
        one.opened.replace("-", "/") if one.first == year.start else "",
        "",
        int(one.first == year.start),
        legal.minor,
        legal.register,
        "",
        *_phases(year, site),
        low,
        high,
        "Mixed",
        "Mixed",
        religion(sites, one),
        "Not recorded",
        "",
        6,
        0,
    ]


def _information(year: Year, one: Establishment, rating: str, inspected: str) -> list[object]:
    sites, site = year.sites, one.site
    authority, legal = year.country.authorities[int(sites.authority[site])], form(sites, one)
    low, high = ages(sites, int(sites.kind[site]), bool(sites.sixth_form[site]))
    return [
        one.urn,
        authority.name,
        authority.code,
        sites.estab[site],
        f"{authority.code}{sites.estab[site]}",
        school_name(sites, one),
        f"{sites.place[site]} Road",
        sites.place[site],
        "",
        sites.town[site],
        postcode(sites, site),
        "Open",
        one.opened if one.first == year.start else "",
        "",
        legal.minor.replace("School", "school"),
        legal.register,
        *_phases(year, site),
        low,
        high,
        "Mixed",
        religion(sites, one),
        "Not applicable",
        rating,
        inspected,
    ]
