"""Addresses of documents."""

from django.urls import path

from headway.desk.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("<number:pk>/", views.document, name="document"),
    path("<number:pk>/archive/", views.archived, name="archive"),
]
