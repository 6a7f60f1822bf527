"""Alerts: what happened to a person, in a list and by mail, rolled up."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "headway.desk.alerts"
