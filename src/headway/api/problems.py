"""What went wrong, as RFC 9457 has it: problem details with our own codes."""

from django.http import HttpResponse, JsonResponse

from headway.vocabulary.errors import HeadwayError

MEDIA = "application/problem+json"
STATUSES = {"USAGE": 400, "VALIDITY": 422, "ACCESS": 403, "STORE": 503}
NOT_THERE = {  # no such measure, place, set, ambition or register
    "H-USAGE-05", "H-USAGE-06", "H-USAGE-60", "H-USAGE-97", "H-USAGE-62", "H-DATA-73",
}  # fmt: skip
NO_TOKEN = HeadwayError(
    "H-ACCESS-50", "A valid token is needed.", "None was sent, or the one sent is unknown, revoked or of a closed account.",
    "Send the header Authorization: Bearer TOKEN, with a token made on the page of your account.",
)  # fmt: skip
NOTHING = HeadwayError("H-USAGE-82", "There is nothing here that you may see.", remedy="See /api/v1/openapi.json for what can be asked.")
TOO_MANY = HeadwayError(
    "H-ACCESS-52", "Too many requests.", "A token may ask 600 times a minute.", "Wait for the seconds that Retry-After gives."
)


def problem(fault: HeadwayError, status: int) -> HttpResponse:
    """Problem details. `type` names the code, whose page is docs/reference/errors.md."""
    told = {
        "type": f"urn:headway:error:{fault.code.lower()}", "title": fault.what, "status": status,
        "detail": " ".join(part for part in (fault.why, fault.remedy) if part), "code": fault.code,
    }  # fmt: skip
    return JsonResponse(told, status=status, content_type=MEDIA)


def of_fault(fault: HeadwayError) -> HttpResponse:
    """A place that nobody knows and one that is not this person's are alike: there is nothing here."""
    if fault.code == "H-USAGE-06":
        return problem(NOTHING, 404)
    return problem(fault, 404 if fault.code in NOT_THERE else STATUSES.get(fault.code.split("-")[1], 500))
