"""People, their roles and their patches."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "headway.desk.accounts"

    def ready(self) -> None:
        from headway.desk.accounts import addresses  # Django must be ready first

        addresses.register()
