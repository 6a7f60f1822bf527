"""Reads the library: ours, and an area's own overlay over it. All faults are told at once."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from headway.definitions.ambition_reading import FOLDER as AMBITIONS
from headway.definitions.ambition_reading import Known, ambitions_of
from headway.definitions.ambitions import Ambition, AmbitionSet
from headway.definitions.attendance import Attendance, attendance_of
from headway.definitions.boards import BoardKind, ExemptGround, board_faults
from headway.definitions.brokerage import SupportArea, support_faults
from headway.definitions.duties import CouncilDuty, SchoolReturn
from headway.definitions.entitlements import Entitlement
from headway.definitions.families import Families, family_faults
from headway.definitions.mappings import mapping_faults
from headway.definitions.progress8 import Progress8, Progress8Gap
from headway.definitions.publications import Publication
from headway.definitions.schemas import Definition, Mapping, Measure, SourceTable
from headway.definitions.tiers import Outcome, Scheme, SoftSignal, outcome_faults, tier_faults
from headway.definitions.visits import Questions, VisitKind
from headway.definitions.vocabularies import Calendar, Cohort, Comparator, Cut, cut_faults, cut_words
from headway.definitions.workflows import ConcernKind, Ladder, Workflow
from headway.definitions.yaml_reading import Fault, all_at_once, read_yaml, told
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.cut import ALL, parse_cut
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.status import Status

LIBRARY = Path(__file__).resolve().parents[1] / "library"
D = TypeVar("D", bound=Definition)

SINGLE_FILES = (
    "markers",
    "pandemic",
    "documentation",
    "not_ours",
    "regions",
    "whole_tables",
    "authorities",
    "authority_changes",
    "claim_words",
    "gaps",
    "inspection_scales",
)


@dataclass(frozen=True)
class Library:
    """Every definition by its id, and the digest of all files they came from."""

    measures: dict[str, Measure]
    tables: dict[str, SourceTable]
    markers: dict[str, Status]
    lists: dict[str, Any] = field(default_factory=dict)  # the single files, as plain values
    files: dict[str, str] = field(default_factory=dict)  # id → path under library/
    digest: str = ""
    mappings: dict[str, Mapping] = field(default_factory=dict)
    cuts: dict[str, Cut] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    comparators: dict[str, Comparator] = field(default_factory=dict)
    calendar: Calendar | None = None
    families: dict[str, Families] = field(default_factory=dict)
    progress8: dict[str, Progress8] = field(default_factory=dict)
    progress8_gaps: dict[str, Progress8Gap] = field(default_factory=dict)
    tiers: dict[str, Scheme] = field(default_factory=dict)
    entitlements: dict[str, Entitlement] = field(default_factory=dict)
    soft_signals: dict[str, SoftSignal] = field(default_factory=dict)
    ambitions: dict[str, Ambition] = field(default_factory=dict)
    ambition_sets: dict[str, AmbitionSet] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)
    visit_kinds: dict[str, VisitKind] = field(default_factory=dict)
    questions: dict[str, Questions] = field(default_factory=dict)
    tier_outcomes: dict[str, Outcome] = field(default_factory=dict)
    board_kinds: dict[str, BoardKind] = field(default_factory=dict)
    exempt_grounds: dict[str, ExemptGround] = field(default_factory=dict)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)
    concern_kinds: dict[str, ConcernKind] = field(default_factory=dict)
    council_duties: dict[str, CouncilDuty] = field(default_factory=dict)
    school_returns: dict[str, SchoolReturn] = field(default_factory=dict)
    support_areas: dict[str, SupportArea] = field(default_factory=dict)

    @property
    def checks_ambitions_by(self) -> Known:
        """What an ambition, in a file or in a form, is checked against."""
        return Known(self.measures, self.cuts, tuple(self.progress8_gaps.values()), frozenset(self.ambition_sets))

    attendance: Attendance = field(default_factory=Attendance)

    def measure(self, name: str) -> Measure:
        """Raises H-USAGE-05 with near names when there is no such measure."""
        if name in self.measures:
            return self.measures[name]
        import difflib

        near = difflib.get_close_matches(name, self.measures, n=3, cutoff=0.4)
        raise HeadwayError(
            "H-USAGE-05",
            f"There is no measure {name!r}.",
            remedy=f"Near it: {', '.join(near)}." if near else "headway measures lists them.",
        )

    def cohort_words(self, measure: Measure) -> str:
        """Whom a measure counts, in words."""
        return self.cohorts[measure.cohort].words

    @property
    def scale_titles(self) -> dict[str, str]:
        """Inspection scale → what it is called."""
        return {name: str(scale["title"]) for name, scale in (self.lists.get("inspection_scales") or {}).items()}

    def grade_words(self, measure: str, value: float | None) -> str:
        """What a grade is called on its own scale, from its place there, 1 the best; empty where it has none."""
        scales = self.lists.get("inspection_scales") or {}
        scale = next((scale for scale in scales.values() if measure in (scale.get("measures") or {}).values()), scales.get("four_grades"))
        names = list(scale["grades"].values()) if scale else []
        return str(names[int(value) - 1]) if value is not None and 1 <= value <= len(names) else ""

    def cut_words(self, cut: str, *, heading: bool = False) -> str:
        """A cut as people read it; empty for the whole cohort."""
        return cut_words(self.cuts, cut, heading=heading)

    def check_cut(self, cut: str) -> str:
        """The cut as it is stored. Raises H-USAGE-04, naming what there is, when no such characteristic or group is known."""
        found = parse_cut(cut)
        for part in found.split("&") if found != ALL else ():
            name, _, value = part.partition("=")
            if name not in self.cuts or value not in self.cuts[name].values:
                there = [f"{name}={known}" for known in self.cuts[name].values] if name in self.cuts else sorted(self.cuts)
                raise HeadwayError("H-USAGE-04", f"{part!r} is not a cut that the library knows.", remedy=f"There are: {', '.join(there)}.")
        return found

    def period(self, name: str, year: AcademicYear) -> None:
        """Raises H-VALIDITY-02, naming the years that exist, when a measure is not defined for a year."""
        measure = self.measure(name)
        if measure.period(year):
            return
        spans = " and ".join(f"{p.from_}–{p.until}" if p.until != "open" else f"from {p.from_}" for p in measure.periods)
        raise HeadwayError(
            "H-VALIDITY-02",
            f"Measure {name} has no definition for {year}.",
            f"It is defined for {spans}.",
            "Ask for another year.",
            f"library/{self.files[name]}",
        )


def yaml_files(root: Path, kind: str) -> dict[str, Path]:
    """The YAML files of one kind by id: measures/ks2/rwm_expected.yaml is ks2.rwm_expected."""
    base = root / kind
    return {".".join(path.relative_to(base).with_suffix("").parts): path for path in sorted(base.rglob("*.yaml"))}


def parse(kind: type[D], name: str, path: Path, faults: list[str], *, identified: bool = True) -> D | None:
    """One definition from one file; its faults, each with file and line, are added to `faults`."""
    try:
        content, lines = read_yaml(path)
        return kind.model_validate({**content, **({"id": name} if identified else {})})
    except Fault as fault:
        faults.append(str(fault))
    except ValidationError as error:
        faults.extend(told(path, error, lines, ()))
    except (TypeError, UnicodeDecodeError) as error:
        faults.append(f"{path}:1: {error}")
    return None


def digest_of(roots: list[Path]) -> str:
    total = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*.yaml")):
            total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def read_library(overlay: Path | None = None) -> Library:
    """Read and check the whole library. Raises H-LIBRARY-01 with every fault found.

    The overlay may add anything, and put its own tiers and entitlements in the place of ours; it may not alter a published
    measure or source.
    """
    roots = [LIBRARY, *([overlay] if overlay and overlay.is_dir() else [])]
    digest = digest_of(roots)
    faults: list[str] = []
    measures = gather(Measure, "measures", roots, faults)
    tables = gather(SourceTable, "sources", roots, faults)
    mappings = gather(Mapping, "mappings", roots, faults)
    families = gather(Families, "families", roots, faults)
    lists = {name: _plain(LIBRARY / f"{name}.yaml", faults) for name in SINGLE_FILES}
    markers = {str(mark): Status(state) for mark, state in (lists["markers"] or {}).items()}
    faults.extend(_cross_faults(measures, tables))
    cuts, cohorts = _entries(Cut, "cuts", roots, faults), _entries(Cohort, "cohorts", roots, faults)
    comparators = _entries(Comparator, "comparators", roots, faults)
    calendar = calendar_of(roots, faults)
    progress8 = gather(Progress8, "progress8", roots, faults)
    gaps = _entries(Progress8Gap, "progress8_gaps", roots, faults)
    visit_kinds = _entries(VisitKind, "visit_kinds", roots, faults)
    questions = _entries(Questions, "questions", roots, faults)
    board_kinds, grounds = _entries(BoardKind, "board_kinds", roots, faults), _entries(ExemptGround, "exempt_grounds", roots, faults)
    faults.extend(board_faults(board_kinds, grounds))
    attendance = attendance_of(lambda kind, folder: gather(kind, folder, roots, faults), faults)
    faults.extend(cut_faults(cuts, _cuts_used(measures, tables)))
    unsaid = [item for item in measures.values() if item.cohort not in cohorts]
    faults.extend(f"measures {item.id}: library/cohorts.yaml does not say who {item.cohort!r} are" for item in unsaid)
    faults.extend(
        f"measures {item.id}: there is no measure {item.part_of!r} for it to be a part of"
        for item in measures.values()
        if item.part_of and item.part_of not in measures
    )
    faults.extend(mapping_faults(mappings, tables))
    faults.extend(family_faults(families, measures))
    tiers, entitlements = gather(Scheme, "tiers", roots, faults, over=True), gather(Entitlement, "entitlements", roots, faults, over=True)
    workflows, ladders = gather(Workflow, "workflows", roots, faults, over=True), gather(Ladder, "ladders", roots, faults, over=True)
    concern_kinds, duties = _entries(ConcernKind, "concern_kinds", roots, faults), _entries(CouncilDuty, "council_duties", roots, faults)
    returns = gather(SchoolReturn, "school_returns", roots, faults, over=True)
    soft = _entries(SoftSignal, "soft_signals", roots, faults)
    outcomes = _entries(Outcome, "tier_outcomes", roots, faults)
    faults.extend(tier_faults(tiers, measures, soft, lists["inspection_scales"] or {}, entitlements))
    faults.extend(outcome_faults(outcomes, measures, lists["inspection_scales"] or {}))
    areas = _entries(SupportArea, "support_areas", roots, faults)
    faults.extend(support_faults(areas, measures, lists["inspection_scales"] or {}))
    sets = _entries(AmbitionSet, "ambition_sets", roots, faults, over=True)
    ambition_files = {name: path for root in roots for name, path in yaml_files(root, AMBITIONS).items()}  # an area's own takes ours' place
    ambitions = ambitions_of(ambition_files, Known(measures, cuts, tuple(gaps.values()), frozenset(sets)), faults)
    publications = _entries(Publication, "publications", roots, faults, over=True)
    if faults:
        raise all_at_once(faults)
    files = {
        name: str(path.relative_to(root))
        for root in roots
        for kind in (
            "measures",
            "sources",
            "mappings",
            "progress8",
            "tiers",
            "entitlements",
            "workflows",
            "ladders",
            "school_returns",
            AMBITIONS,
        )
        for name, path in yaml_files(root, kind).items()
    }
    return Library(
        measures, tables, markers, lists, files, digest, mappings, cuts, cohorts, comparators, calendar, families, progress8, gaps,
        tiers, entitlements, soft,
        ambitions, sets, publications,
        visit_kinds, questions,
        attendance=attendance,
        tier_outcomes=outcomes,
        board_kinds=board_kinds,
        exempt_grounds=grounds,
        workflows=workflows,
        ladders=ladders,
        concern_kinds=concern_kinds,
        council_duties=duties,
        school_returns=returns,
        support_areas=areas,
    )  # fmt: skip


def _cuts_used(measures: dict[str, Measure], tables: dict[str, SourceTable]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for measure in measures.values():
        for cut in measure.cuts:
            used.setdefault(cut, set()).add(measure.id)
        for supply in (supply for period in measure.periods for supply in period.supplies):
            for cut in (supply.cut, *supply.cuts):
                used.setdefault(cut, set()).add(measure.id)
    for table in tables.values():
        for phase in table.levels.england_phase.values():
            used.setdefault(f"phase={phase}", set()).add(table.id)
    return used


def _entries(kind: type[D], name: str, roots: list[Path], faults: list[str], *, over: bool = False) -> dict[str, D]:
    """The entries of a file that holds one definition for each key; an area's own may add to ours, or with `over` alter them."""
    found: dict[str, D] = {}
    for path in [root / f"{name}.yaml" for root in roots if (root / f"{name}.yaml").exists()]:
        try:
            content, lines = read_yaml(path)
        except Fault as fault:
            faults.append(str(fault))
            continue
        for key, entry in content.items():
            if key in found and not over:
                faults.append(f"{path}:{lines.get((key,), 1)}: {key} is published; an area's library may add to it, not alter it")
                continue
            try:
                found[key] = kind.model_validate({**entry, "id": key})
            except ValidationError as error:
                faults.extend(told(path, error, lines, (key,)))
    return found


@lru_cache(maxsize=1)
def shipped_comparators() -> dict[str, Comparator]:
    """The comparators of our own library, in their fixed order, for whoever draws or names them."""
    faults: list[str] = []
    found = _entries(Comparator, "comparators", [LIBRARY], faults)
    if faults:
        raise all_at_once(faults)
    return found


def calendar_of(roots: list[Path], faults: list[str]) -> Calendar | None:
    """Our calendar with an area's own over it: its years take the place of ours, its other dates are added."""
    whole: dict[str, Any] = {}
    for path in [root / "calendar.yaml" for root in roots if (root / "calendar.yaml").exists()]:
        try:
            content, lines = read_yaml(path)
            ours = {**whole, **content, "years": {**whole.get("years", {}), **(content.get("years") or {})}}
            for listed in ("usual", "monthly", "announced", "bank_holidays"):
                ours[listed] = [*whole.get(listed, []), *(content.get(listed) or [])]
            Calendar.model_validate(ours)
            whole = ours
        except Fault as fault:
            faults.append(str(fault))
        except ValidationError as error:
            faults.extend(told(path, error, lines, ()))
    return Calendar.model_validate(whole) if whole else None


def _plain(path: Path, faults: list[str]) -> Any:
    if not path.exists():
        return {}
    try:
        return read_yaml(path)[0]
    except Fault as fault:
        faults.append(str(fault))
        return {}


def gather(kind: type[D], folder: str, roots: list[Path], faults: list[str], *, over: bool = False) -> dict[str, D]:
    """The definitions of one kind by id. With `over` an area's own takes the place of ours."""
    found: dict[str, D] = {}
    for root in roots:
        for name, path in yaml_files(root, folder).items():
            if name in found and not over:
                faults.append(f"{path}:1: {name} is published; an area's library may add to it under another id, not alter it")
            elif (definition := parse(kind, name, path, faults)) is not None:
                found[name] = definition
    return found


def _cross_faults(measures: dict[str, Measure], tables: dict[str, SourceTable]) -> list[str]:
    """What one file cannot see: overlapping periods, supplies from tables that do not exist, ids used twice."""
    faults = []
    for measure in measures.values():
        for earlier, later in zip(measure.periods, measure.periods[1:], strict=False):
            if earlier.until == "open" or earlier.until >= later.from_:
                faults.append(f"measures {measure.id}: the period from {later.from_} overlaps the one before it")
        for period in measure.periods:
            faults.extend(
                f"measures {measure.id}: no source table {supply.table!r}" for supply in period.supplies if supply.table not in tables
            )
    return faults


@lru_cache(maxsize=4)
def _kept(overlay: Path | None, digest: str) -> Library:
    return read_library(overlay)


def library_for(home: Path | None = None) -> Library:
    """The library of a workspace: ours with its overlay. Read once for each state of its files."""
    overlay = overlay_of(home)
    return _kept(overlay, digest_of([LIBRARY, *([overlay] if overlay else [])]))


def overlay_of(home: Path | None) -> Path | None:
    return home / "library" if home and (home / "library").is_dir() else None
