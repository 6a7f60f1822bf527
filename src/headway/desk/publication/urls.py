"""Addresses of publication: the public pages, and where they are proposed and approved."""

from django.urls import path

from headway.desk.publication import views

app_name = "publication"
urlpatterns = [
    path("area/", views.area, {"path": ""}, name="area"),
    path("area/<str:path>", views.area, name="area_page"),
    path("publication/", views.releases, name="releases"),
    path("publication/propose/", views.propose, name="propose"),
    path("publication/<number:pk>/", views.release, name="release"),
    path("publication/<number:pk>/see/<str:path>", views.see, name="see"),
    path("publication/<number:pk>/approve/", views.approve, name="approve"),
    path("publication/<number:pk>/refuse/", views.refuse, name="refuse"),
    path("publication/<number:pk>/take-down/", views.take_down, name="take_down"),
    path("claims/", views.claims, name="claims"),
]
