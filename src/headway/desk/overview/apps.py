"""The pages: they read all and own nothing."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "headway.desk.overview"
