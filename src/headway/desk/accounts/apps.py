"""People, their roles and their patches."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "headway.desk.accounts"
