"""Addresses of fairness."""

from django.urls import path, re_path

from headway.desk.fairness import testing, views

app_name = "fairness"
urlpatterns = [
    path("support/fairness/", views.fairness, name="fairness"),
    re_path(r"^support/fairness/(?P<test>[0-9a-f]{64})/sign-off/$", views.sign, name="sign"),
    path("support/tested/", testing.tested_page, name="tested"),
    re_path(r"^support/tested/(?P<test>[0-9a-f]{64})/$", testing.one_page, name="test"),
    re_path(
        r"^support/tested/(?P<test>[0-9a-f]{64})/(?P<part>thresholds|ways|groups|schools)\.(?P<form>csv|xlsx)$",
        testing.part_file,
        name="test_file",
    ),
    path("support/fairness/sign-offs/<number:pk>/withdraw/", views.withdraw, name="withdraw"),
]
