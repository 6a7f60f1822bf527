"""Gunicorn's settings: pages are read once, before it listens; each worker then opens the door for itself before it answers."""

from typing import Any

preload_app = True


def post_worker_init(worker: Any) -> None:
    """In the worker: what runs threads or holds a file open would not survive the fork."""
    from django.conf import settings

    from headway.site.ready import open_up

    open_up(settings.HEADWAY.home)
