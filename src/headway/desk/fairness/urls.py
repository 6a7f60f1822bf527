"""Addresses of fairness."""

from django.urls import path, re_path

from headway.desk.fairness import views

app_name = "fairness"
urlpatterns = [
    path("support/fairness/", views.fairness, name="fairness"),
    re_path(r"^support/fairness/(?P<test>[0-9a-f]{64})/sign-off/$", views.sign, name="sign"),
    path("support/fairness/sign-offs/<number:pk>/withdraw/", views.withdraw, name="withdraw"),
]
