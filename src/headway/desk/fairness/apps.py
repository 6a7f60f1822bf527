"""Whether a tier scheme errs more for some schools than for others, and who answers for it where it does."""

from django.apps import AppConfig


class FairnessConfig(AppConfig):
    name = "headway.desk.fairness"
