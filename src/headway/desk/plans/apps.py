"""Plans of schools, their reviews, and project boards."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "headway.desk.plans"
