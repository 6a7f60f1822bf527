"""Addresses with one whose view does not say who may use it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from headway.site.urls import handler403
from headway.site.urls import urlpatterns as of_site


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [*of_site, path("undeclared/", undeclared)]
__all__ = ["handler403", "urlpatterns"]
