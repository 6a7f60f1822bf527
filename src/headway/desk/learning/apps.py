"""Professional development: programmes, sessions, places; partners and what they offer."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "headway.desk.learning"
