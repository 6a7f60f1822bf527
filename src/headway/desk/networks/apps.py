"""Networks of schools: families that work together, consortia, districts, heads' groups."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "headway.desk.networks"
