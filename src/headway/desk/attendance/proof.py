"""What a figure of attendance rests on: files, numerator and denominator, what was left out, why the department's tool may differ."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.attendance import difference_words, file_kind, quotient_words
from headway.readings.attendance.proof import area_proof, proof
from headway.readings.attendance.proof_answers import AreaProof, Proof
from headway.vocabulary.errors import HeadwayError

P = Permission
MEANS = {
    "present": "attendance", "approved": "attendance: approved activity elsewhere", "authorised": "authorised absence",
    "unauthorised": "absence without permission", "not_possible": "nothing: no possible session",
}  # fmt: skip
SHOWN = {"means": MEANS, "difference": difference_words, "kind": file_kind, "quotient": quotient_words}


@needs(P.SEE_ATTENDANCE)
@require_GET
def school_proof(request: HttpRequest, urn: int) -> HttpResponse:
    """Every figure of a school with its quotient; each link from a figure leads to its row."""
    school, door = school_or_404(request, urn, P.SEE_ATTENDANCE), the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    found, fault = _asked(request, urn)
    told: dict[str, Any] = {"school": school, "found": found, "fault": fault, "sees": viewer_of(request).sees_pupils, **SHOWN}
    told["export"] = bool(may(request.user, P.EXPORT)) and found is not None
    return framed(request, door, f"What the figures rest on: {school.name}", body("proof.html", "attendance", **told))


@needs(P.SEE_ATTENDANCE)
@require_GET
def area(request: HttpRequest) -> HttpResponse:
    """The same of all schools together: sums over the sums of the schools."""
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    found: AreaProof | None = None
    fault = None
    try:
        actions.look(by=request.user, at="proof of the area")
        found = area_proof(door, viewer_of(request))
    except HeadwayError as error:
        fault = error
    told: dict[str, Any] = {"found": found, "fault": fault, "sees": viewer_of(request).sees_pupils, **SHOWN}
    return framed(request, door, "What these figures rest on", body("proof_area.html", "attendance", **told))


def _asked(request: HttpRequest, urn: int) -> tuple[Proof | None, HeadwayError | None]:
    try:
        actions.look(by=request.user, at=f"proof {urn}")
        return proof(the_door(), viewer_of(request), urn), None
    except HeadwayError as fault:
        return None, fault


@needs(P.SEE_ATTENDANCE, recently=True)
@require_GET
@exported
def proof_file(request: HttpRequest, urn: int, form: str) -> HttpResponse:
    """The same as one table, to put beside a figure that somebody doubts."""
    school = school_or_404(request, urn, P.SEE_ATTENDANCE)
    found, fault = _asked(request, urn)
    if found is None or not may(request.user, P.EXPORT, urn):
        raise Http404(fault.what if fault else "")
    return sent(_rows(found), form, f"attendance-proof-{school.pk}-to-{found.data_to}")


def _rows(found: Proof) -> list[list[Cell]]:
    table: list[list[Cell]] = [["What", "Which", "Value", "Numerator", "Denominator", "In words"]]
    table += [["Figure", one.title, one.value, one.numerator, one.denominator, f"{one.of}: {one.rule}"] for one in found.shares]
    table += [["Code", one.code, None, one.sessions, None, f"{one.title}: counts as {MEANS[one.means]}"] for one in found.codes]
    table += [["Left out", one.what, None, one.many, None, one.why] for one in found.left_out]
    table += [["File", f"load {one.load}", None, one.rows, None, f"{file_kind(one)}, {one.received}, SHA-256 {one.sha256 or 'not kept'}"]
              for one in found.files]  # fmt: skip
    table += [["Differs", one.why, one.value, one.numerator, one.denominator, one.told] for one in found.differs]
    known = f"generation {found.generation} of the registers, library {found.digest}"
    return [*table, ["Known", known, None, None, None, f"{found.basis}, {found.year}, to {found.data_to}"]]
