"""What every response carries, whoever made it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

RETRY_SECONDS = "60"


class SafeResponses:
    """Outermost: nothing about a signed-in person is kept by a browser or proxy, and a refusal says when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "user") and not response.get("Cache-Control", "").startswith("private, no-store"):
            # also for those not signed in: a sign-in page holds a token, and a 404 must not tell who was there before
            response["Cache-Control"] = "private, no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        if response.status_code == 429 and not response.has_header("Retry-After"):
            response["Retry-After"] = RETRY_SECONDS
        return response
