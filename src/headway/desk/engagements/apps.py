"""Engagements: one period of work with one school."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "headway.desk.engagements"
