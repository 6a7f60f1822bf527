"""Consultations: what an area asks of people, what they say, and what it does about it."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "headway.desk.consultation"
