"""Addresses of the register of interests."""

from django.urls import path

from headway.desk.interests import views

app_name = "interests"
urlpatterns = [
    path("support/interests/", views.mine, name="mine"),
    path("support/interests/register/", views.register, name="register"),
    path("support/interests/<number:pk>/end/", views.end, name="end"),
    path("support/advisers/<number:pk>/interest/", views.of, name="of"),
]
