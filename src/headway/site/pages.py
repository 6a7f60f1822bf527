"""The addresses of the pages about schools; each names its permission in its view."""

from headway.desk.overview.urls import urlpatterns

__all__ = ["urlpatterns"]
