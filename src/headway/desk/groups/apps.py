"""Groups of schools that people put together to compare with."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "headway.desk.groups"
