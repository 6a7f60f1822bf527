"""Addresses of the page that sets schools side by side."""

from django.urls import path, re_path

from headway.desk.comparisons import downloads, views

urlpatterns = [
    path("compare/", views.compare_page, name="compare"),
    re_path(r"^compare/as-seen\.(?P<form>csv|xlsx)$", downloads.compare_file, name="compare_file"),
]
