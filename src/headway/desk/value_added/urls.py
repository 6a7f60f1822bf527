"""Addresses of the page of value added."""

from django.urls import path, re_path

from headway.desk.value_added import views

urlpatterns = [
    path("value-added/", views.page, name="value_added"),
    re_path(r"^value-added/as-seen\.(?P<form>csv|xlsx)$", views.file, name="value_added_file"),
]
