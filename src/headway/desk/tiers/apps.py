"""From what is known of a school to the tier that people decide, and what the school answers."""

from django.apps import AppConfig


class TiersConfig(AppConfig):
    name = "headway.desk.tiers"
