"""Schools set side by side: reads all and owns nothing."""

from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "headway.desk.comparisons"
