"""Strategies: what an area promises, how it means to keep it, and how far it is."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "headway.desk.strategy"
