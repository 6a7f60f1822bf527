"""Break-glass: how an administrator reads restricted notes in an emergency, and how that is known."""

from django.apps import AppConfig


class GlassConfig(AppConfig):
    name = "headway.desk.glass"
