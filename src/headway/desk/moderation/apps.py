"""The meeting that decides tiers: the schools before it and all that is known of each. Owns nothing: what is said in it is of `tiers`."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "headway.desk.moderation"
