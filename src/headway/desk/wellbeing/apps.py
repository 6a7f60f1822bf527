"""A confidential route for a head's own wellbeing."""

from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "headway.desk.wellbeing"
