"""Addresses of the confidential route."""

from django.urls import path

from headway.desk.wellbeing import views

app_name = "wellbeing"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<number:pk>/", views.talk, name="talk"),
    path("received/", views.received, name="received"),
    path("received/<number:pk>/", views.answer, name="answer"),
    path("received/<number:pk>/end/", views.end, name="end"),
]
