"""Boards that watch, decide and are answered to: who sits on them, what they read, what they decided, what became of it."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "headway.desk.boards"
