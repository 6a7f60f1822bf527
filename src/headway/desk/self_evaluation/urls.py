"""Addresses of self-evaluations."""

from django.urls import path, re_path

from headway.desk.self_evaluation import views

app_name = "self_evaluation"
urlpatterns = [
    path("support/self-evaluations/", views.listed, name="listed"),
    path("support/self-evaluations/draw/", views.draw, name="draw"),
    path("schools/<number:urn>/self-evaluation/", views.of_school, name="of_school"),
    path("schools/<number:urn>/self-evaluation/write/", views.write, name="write"),
    path("schools/<number:urn>/self-evaluation/validate/", views.validate, name="validate"),
    re_path(r"^schools/(?P<urn>[0-9]{6})/self-evaluation/(?P<year>[0-9]{4}-[0-9]{2})/document$", views.document, name="document"),
]
