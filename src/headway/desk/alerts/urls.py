"""Addresses of alerts."""

from django.urls import path, re_path

from headway.desk.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("read/", views.read, name="read"),
    re_path(r"^(?P<key>[0-9a-f]{64})/$", views.opened, name="open"),
    path("mail/", views.choose, name="choose"),
    re_path(r"^off/(?P<token>[A-Za-z0-9:_-]{10,120})/$", views.off, name="off"),
]
