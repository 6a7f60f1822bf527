"""What the law asks of the council, and what schools are asked for once a year."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "headway.desk.duties"
