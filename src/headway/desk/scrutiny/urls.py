"""Addresses of reports to scrutiny."""

from django.urls import path, re_path

from headway.desk.scrutiny import views

app_name = "scrutiny"
urlpatterns = [
    path("<number:pk>/", views.report, name="report"),
    re_path(r"^(?P<pk>[0-9]{1,9})/report\.(?P<form>docx|pdf|xlsx)$", views.report_file, name="report_file"),
]
