"""Addresses of break-glass."""

from django.urls import path

from headway.desk.glass import views

app_name = "glass"
urlpatterns = [
    path("", views.start, name="start"),
    path("<number:pk>/", views.notes, name="notes"),
    path("<number:pk>/end/", views.end, name="end"),
    path("<number:pk>/<slug:kind>/<number:number>/", views.note, name="note"),
    path("uses/", views.uses, name="uses"),
    path("uses/<number:pk>/", views.use, name="use"),
]
