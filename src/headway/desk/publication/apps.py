"""What the public reads of an area without signing in: stored pages, looked at for disclosure, approved by a person."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "headway.desk.publication"
