"""The register of schools: establishments with the genuine column set, links, groups and group links. No head teachers."""

from headway.example import kinds
from headway.example.history import Establishment
from headway.example.legal import form, postcode, religion, school_name
from headway.example.places import REGIONS
from headway.example.world import World
from headway.example.writing import Folder

DAY = "2026-07-01"
COLUMNS = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (name)",
    "ReasonEstablishmentOpened (name)",
    "OpenDate",
    "ReasonEstablishmentClosed (name)",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Boarders (name)",
    "NurseryProvision (name)",
    "OfficialSixthForm (name)",
    "Gender (name)",
    "ReligiousCharacter (name)",
    "ReligiousEthos (name)",
    "Diocese (name)",
    "AdmissionsPolicy (name)",
    "SchoolCapacity",
    "SpecialClasses (name)",
    "CensusDate",
    "NumberOfPupils",
    "NumberOfBoys",
    "NumberOfGirls",
    "PercentageFSM",
    "TrustSchoolFlag (name)",
    "Trusts (name)",
    "SchoolSponsorFlag (name)",
    "SchoolSponsors (name)",
    "FederationFlag (name)",
    "Federations (name)",
    "UKPRN",
    "FEHEIdentifier",
    "FurtherEducationType (name)",
    "OfstedLastInsp",
    "LastChangedDate",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    "HeadPreferredJobTitle",
    "BSOInspectorateName (name)",
    "InspectorateReport",
    "DateOfLastInspectionVisit",
    "NextInspectionVisit",
    "TeenMoth (name)",
    "TeenMothPlaces",
    "CCF (name)",
    "SENPRU (name)",
    "EBD (name)",
    "PlacesPRU",
    "FTProv (name)",
    "EdByOther (name)",
    "Section41Approved (name)",
    "SEN1 (name)",
    "SEN2 (name)",
    "SEN3 (name)",
    "SEN4 (name)",
    "SEN5 (name)",
    "SEN6 (name)",
    "SEN7 (name)",
    "SEN8 (name)",
    "SEN9 (name)",
    "SEN10 (name)",
    "SEN11 (name)",
    "SEN12 (name)",
    "SEN13 (name)",
    "TypeOfResourcedProvision (name)",
    "ResourcedProvisionOnRoll",
    "ResourcedProvisionCapacity",
    "SenUnitOnRoll",
    "SenUnitCapacity",
    "GOR (name)",
    "DistrictAdministrative (name)",
    "AdministrativeWard (name)",
    "ParliamentaryConstituency (name)",
    "UrbanRural (name)",
    "GSSLACode (name)",
    "Easting",
    "Northing",
    "MSOA (name)",
    "LSOA (name)",
    "InspectorateName (name)",
    "SENStat",
    "SENNoStat",
    "PropsName",
    "OfstedRating (name)",
    "RSCRegion (name)",
    "Country (name)",
    "UPRN",
    "SiteName",
    "QABName (name)",
    "EstablishmentAccredited (name)",
    "QABReport",
    "CHNumber",
    "MSOA (code)",
    "LSOA (code)",
    "FSM",
    "Linked establishments",
]
_AT = {name: position for position, name in enumerate(COLUMNS)}
_SAME = {
    "Boarders (name)": "No boarders",
    "Gender (name)": "Mixed",
    "Diocese (name)": "Not applicable",
    "AdmissionsPolicy (name)": "Not applicable",
    "SpecialClasses (name)": "Not applicable",
    "FederationFlag (name)": "Not under a federation",
    "TeenMoth (name)": "Not applicable",
    "CCF (name)": "Not applicable",
    "SENPRU (name)": "Not applicable",
    "EBD (name)": "Not applicable",
    "UrbanRural (name)": "(England/Wales) Urban city and town",
    "Country (name)": "England",
}


def write(folder: Folder, world: World) -> None:
    """The register as at one day of the demonstration."""
    ratings = world.inspections.as_at("2024-08-31")
    links: dict[int, list[str]] = {}
    for link in world.history.links:
        links.setdefault(link.urn, []).append(f"{link.other} {link.kind}")
    rows = (_row(world, one, ratings.get(one.site), links.get(one.urn, [])) for one in world.history.establishments)
    folder.rows(f"gias/{DAY}_edubasealldata.csv", COLUMNS, rows)
    names = {one.urn: school_name(world.sites, one) for one in world.history.establishments}
    link_rows = (
        [link.urn, link.other, names[link.other], link.kind, link.on]
        for link in sorted(world.history.links, key=lambda link: (link.urn, link.other))
    )
    folder.rows(f"gias/{DAY}_links_edubasealldata.csv", ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"], link_rows)
    _groups(folder, world)


def _row(world: World, one: Establishment, rating: tuple[str, str] | None, links: list[str]) -> list[object]:
    sites, site = world.sites, one.site
    authority, kind, legal = world.country.authorities[int(sites.authority[site])], kinds.KINDS[int(sites.kind[site])], form(sites, one)
    sixth = bool(sites.sixth_form[site])
    row: list[object] = [""] * len(COLUMNS)
    values = _SAME | {
        "URN": one.urn,
        "LA (code)": authority.code,
        "LA (name)": authority.name,
        "EstablishmentNumber": sites.estab[site],
        "EstablishmentName": school_name(sites, one),
        "TypeOfEstablishment (name)": legal.register,
        "EstablishmentTypeGroup (name)": legal.group,
        "EstablishmentStatus (name)": "Closed" if one.closed else "Open",
        "ReasonEstablishmentOpened (name)": one.why_opened,
        "OpenDate": one.opened,
        "ReasonEstablishmentClosed (name)": one.why_closed,
        "CloseDate": one.closed,
        "PhaseOfEducation (name)": kind.phase,
        "StatutoryLowAge": kind.low,
        "StatutoryHighAge": max(kind.high, 18) if sixth else kind.high,
        "NurseryProvision (name)": "Has Nursery Classes" if kind.low < 4 else "No Nursery Classes",
        "OfficialSixthForm (name)": "Has a sixth form" if sixth else "Does not have a sixth form",
        "ReligiousCharacter (name)": religion(sites, one),
        "ReligiousEthos (name)": "Does not apply",
        "SchoolCapacity": int(sites.roll[site] * 1.08),
        "LastChangedDate": "15-06-2026",
        "Street": f"{sites.place[site]} Road",
        "Locality": sites.place[site],
        "Town": sites.town[site],
        "County (name)": "Not recorded",
        "Postcode": postcode(sites, site),
        "GOR (name)": REGIONS[authority.region],
        "DistrictAdministrative (name)": authority.name,
        "AdministrativeWard (name)": sites.town[site],
        "ParliamentaryConstituency (name)": f"{authority.name} Central",
        "GSSLACode (name)": authority.gss,
        "Linked establishments": ", ".join(links) or "Does not have links",
        "FurtherEducationType (name)": "Sixth-form college" if kind.name == "sixth_form" else "Not applicable",
    }
    if not one.closed:
        values |= _standing(world, one, rating)
    if sites.located[site]:
        values |= {"Easting": int(sites.east[site]), "Northing": int(sites.north[site])}
    for name, value in values.items():
        row[_AT[name]] = value
    return row


def _standing(world: World, one: Establishment, rating: tuple[str, str] | None) -> dict[str, object]:
    """What only an open school has: pupils, its trust, its last overall grade."""
    roll = int(world.sites.roll[one.site])
    found: dict[str, object] = {
        "CensusDate": "15-01-2026",
        "NumberOfPupils": roll,
        "NumberOfBoys": roll // 2,
        "NumberOfGirls": roll - roll // 2,
    }
    found["PercentageFSM"] = f"{100 * float(world.sites.disadvantage[one.site]):.1f}"
    if one.group >= 0:
        found |= {"TrustSchoolFlag (name)": "Supported by a multi-academy trust", "Trusts (name)": world.history.trusts[one.group].name}
    else:
        found["TrustSchoolFlag (name)"] = "Not applicable"
    if rating:
        found |= {"OfstedRating (name)": rating[0], "OfstedLastInsp": rating[1]}
    return found


def _groups(folder: Folder, world: World) -> None:
    header = [
        "Group UID",
        "Group ID",
        "Group Name",
        "Companies House Number",
        "Group Type (code)",
        "Group Type",
        "Closed Date",
        "Open date",
        "Incorporated on (open date)",
        "Group Status (code)",
        "Group Status",
        "Group Street",
        "Group Locality",
        "Group Address 3",
        "Group Town",
        "Group County",
        "Group Postcode",
        "Head of Group Title",
        "Head of Group First Name",
        "Head of Group Last Name",
        "UKPRN",
    ]
    rows = (
        [trust.uid, trust.code, trust.name, "", "06", "Multi-academy trust", "", "", "01/09/2012", "OPEN", "Open", *[""] * 10]
        for trust in world.history.trusts
    )
    folder.rows(f"gias/{DAY}_allgroupsdata.csv", header, rows)
    header = [
        "URN",
        "Group UID",
        "Group ID",
        "Group Name",
        "Companies House Number",
        "Group Type (code)",
        "Group Type",
        "Closed Date",
        "Open date",
        "Incorporated on (open date)",
        "Group Status (code)",
        "Group Status",
        "Joined date",
        "EstablishmentName",
        "TypeOfEstablishment (code)",
        "TypeOfEstablishment (name)",
        "PhaseOfEducation (code)",
        "PhaseOfEducation (name)",
        "LA (code)",
        "LA (name)",
    ]
    folder.rows(
        f"gias/{DAY}_group_links.csv",
        header,
        (_member(world, one) for one in world.history.establishments if one.group >= 0 and not one.closed),
    )


def _member(world: World, one: Establishment) -> list[object]:
    trust, site = world.history.trusts[one.group], one.site
    authority = world.country.authorities[int(world.sites.authority[site])]
    joined = "-".join(reversed((one.opened or "01-09-2012").split("-")))
    kind = kinds.KINDS[int(world.sites.kind[site])]
    return [
        one.urn,
        trust.uid,
        trust.code,
        trust.name,
        "",
        6,
        "Multi-academy trust",
        "",
        "",
        "2012-09-01",
        "OPEN",
        "Open",
        joined,
        school_name(world.sites, one),
        "",
        form(world.sites, one).register,
        "",
        kind.phase,
        authority.code,
        authority.name,
    ]
