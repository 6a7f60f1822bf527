"""The record of what people did."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "headway.desk.audit"
