"""The paper for a scrutiny committee: what was promised, where it stands, how sure that is and what it rests on."""

from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    name = "headway.desk.scrutiny"
