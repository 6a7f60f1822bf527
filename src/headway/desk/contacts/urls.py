"""Addresses of contacts."""

from django.urls import path

from headway.desk.contacts import views

app_name = "contacts"
urlpatterns = [
    path("schools/<number:urn>/contacts/", views.contacts, name="contacts"),
    path("schools/<number:urn>/contacts/new/", views.add, name="add"),
    path("support/contacts/<number:pk>/end/", views.end, name="end"),
]
