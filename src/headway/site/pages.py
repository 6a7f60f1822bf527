"""The addresses of the pages about schools; each names its permission in its view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission


@needs(Permission.OWN_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after signing in."""
    return redirect("accounts:account")


urlpatterns: list[URLPattern | URLResolver] = [path("", home, name="home")]
