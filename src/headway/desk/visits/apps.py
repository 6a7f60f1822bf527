"""Visits, calls and what follows from them."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "headway.desk.visits"
