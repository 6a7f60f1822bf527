"""The schools as the desk knows them."""

from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    name = "headway.desk.establishments"
