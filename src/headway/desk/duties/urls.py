"""Addresses of duties and returns."""

from django.urls import path

from headway.desk.duties import views

app_name = "duties"
urlpatterns = [
    path("support/duties/", views.register, name="register"),
    path("support/duties/<slug:name>/owner/", views.charge, name="charge"),
    path("support/duties/<slug:name>/proof/", views.prove, name="prove"),
    path("support/school-returns/<slug:form>/", views.of_schools, name="of_schools"),
    path("support/school-returns/read/<number:pk>/", views.read, name="read"),
    path("schools/<number:urn>/returns/", views.of_school, name="of_school"),
    path("schools/<number:urn>/returns/<slug:form>/", views.answer, name="answer"),
]
