"""The pages for what went wrong: the same words whatever the address was, so that they tell nothing of what exists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def our_fault(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, or another site's form."""
    return render(
        request, "403.html", {"reason": "This form is out of date. Go back, load the page again and send it once more."}, status=403
    )
