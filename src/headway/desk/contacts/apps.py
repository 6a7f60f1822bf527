"""Whom to speak to about a school."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "headway.desk.contacts"
