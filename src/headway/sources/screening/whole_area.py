"""Authorities missing altogether: a file in their order that ends early, or one with their totals and not their schools."""

from headway.sources.screening.national import FEW_AUTHORITIES, Extent
from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, some, when

AT_LEAST = 10  # authorities missing beyond the last one present
NEARLY_ALL = 0.9
MISSING = 0.10  # of the authorities that a national table may be without
BARE = 0.10  # share of authorities with a row of their own and no school's
LOST = 5  # authorities with schools before and none now


def check(subject: Subject) -> list[CheckResult]:
    if "urn" not in subject.definition.key or subject.definition.kind not in {"wide", "register"} or not subject.schools:
        return [fine("whole_area")]
    extent = Extent(subject)
    if len(extent.counts) <= FEW_AUTHORITIES:
        return [fine("whole_area")]
    fault = _ends_early(extent) or _gap(extent) or _bare(extent) or _lost(extent)
    if fault:
        return [refused("whole_area", "H-DATA-51", fault, "Download the file again; it may have been cut off.")]
    return [fine("whole_area", f"Schools of {counted(len(extent.counts), 'authority', 'authorities')}.")]


def _ends_early(extent: Extent) -> str:
    """Nearly every authority up to some code, none of the many above it."""
    last = max(extent.counts)
    below = [code for code in extent.codes if code <= last]
    above = [code for code in extent.codes if code > last]
    if len(above) >= AT_LEAST and below and sum(code in extent.counts for code in below) >= NEARLY_ALL * len(below):
        return f"Its schools end with authority {last}: none of the {len(above)} authorities after it has a school in it."
    return ""


def _gap(extent: Extent) -> str:
    """A national table with a hole in its middle; new authorities and the two smallest may well be absent."""
    missing = [code for code in extent.codes if code not in extent.counts]
    if extent.national and len(missing) > MISSING * len(extent.codes):
        return f"{counted(len(missing), 'authority', 'authorities')} of {len(extent.codes)} have no school in it: {some(missing)}."
    return ""


def _bare(extent: Extent) -> str:
    """A footer with the totals of authorities whose schools are gone."""
    sql = "SELECT DISTINCT place::INT FROM located WHERE level = 'authority' AND regexp_full_match(place, '[0-9]{3}')"
    own = {int(code) for (code,) in extent.subject.ask(sql)}
    bare = sorted(own - extent.counts.keys())
    if len(bare) > max(LOST, BARE * len(own)):
        return f"{counted(len(bare), 'authority has', 'authorities have')} a row of their own and no school: {some(bare)}."
    return ""


def _lost(extent: Extent) -> str:
    sister = extent.sister
    if sister is None or not sister.path.exists():
        return ""
    key = extent.subject.definition.key.get("authority", "")
    column = {name.lower(): name for name in sister.columns}.get(key.lower())
    if not column or len(extent.counts) < 2 * FEW_AUTHORITIES:
        return ""
    found = extent.subject.ask(f'SELECT DISTINCT trim("{column}") FROM read_parquet(?)', [str(sister.path)])
    before = {
        int(code.removesuffix(".0"))
        for (code,) in found
        if code and code.removesuffix(".0").isdigit() and len(code.removesuffix(".0")) == 3
    }
    lost = sorted((before & set(extent.codes or before)) - extent.counts.keys())
    if len(lost) >= AT_LEAST:
        many = counted(len(lost), "authority", "authorities")
        return f"{many} with schools in the table of {when(sister)} have none in this one: {some(lost)}."
    return ""
