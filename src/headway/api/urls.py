"""Addresses of the interface for programs."""

from django.urls import path, re_path

from headway.api import attendance, endpoints
from headway.api.described import nothing, openapi

app_name = "api"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("schools", endpoints.schools, name="schools"),
    path("schools/<number:urn>", endpoints.school, name="school"),
    path("measures", endpoints.measures, name="measures"),
    path("measures/<str:measure>", endpoints.measure, name="measure"),
    path("readings", endpoints.readings, name="readings"),
    path("explain/<str:level>/<str:place>/<str:measure>/<start:year>", endpoints.explain, name="explain"),
    path("ambitions", endpoints.ambitions, name="ambitions"),
    path("ambitions/<str:ambition>", endpoints.ambition, name="ambition"),
    path("strategies", endpoints.strategies_listed, name="strategies"),
    path("strategies/<number:pk>", endpoints.strategy, name="strategy"),
    path("attendance", attendance.attendance, name="attendance"),
    path("attendance/<number:urn>", attendance.attendance_of, name="attendance_of"),
    re_path("", nothing, name="nothing"),
]
