"""What each school is owed by its tier, what it had of it, and what that costs in advisers' days."""

from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "headway.desk.entitlements"
