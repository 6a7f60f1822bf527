"""What people of the council have to do with schools: one register, which every noun reads."""

from django.apps import AppConfig


class InterestsConfig(AppConfig):
    name = "headway.desk.interests"
