"""The site as a Django app, for its commands and templates."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "headway.site"
    label = "site_of_headway"
