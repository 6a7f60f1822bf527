"""Day one: today's spreadsheets brought in, so that a team can start without retyping."""

from django.apps import AppConfig


class DayOneConfig(AppConfig):
    name = "headway.desk.day_one"
