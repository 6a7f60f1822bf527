"""Addresses of groups."""

from django.urls import path, re_path

from headway.desk.groups import views

app_name = "groups"
urlpatterns = [
    path("", views.groups, name="groups"),
    path("new/", views.new, name="new"),
    path("<number:pk>/", views.group, name="group"),
    path("<number:pk>/change/", views.changed, name="change"),
    path("<number:pk>/open/", views.opened, name="open"),
    re_path(r"^(?P<pk>[0-9]{1,9})/as-seen\.(?P<form>csv|xlsx)$", views.group_file, name="group_file"),
    re_path(r"^(?P<kind>trust|locality)/$", views.ready_made, name="ready_made"),
]
