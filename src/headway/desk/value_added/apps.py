"""The page of value added: it reads the protected results of pupils and owns nothing."""

from django.apps import AppConfig


class ValueAddedConfig(AppConfig):
    name = "headway.desk.value_added"
