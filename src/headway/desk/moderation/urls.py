"""Addresses of meetings on tiers."""

from django.urls import path

from headway.desk.moderation import calling, confirming, views

app_name = "moderation"
urlpatterns = [
    path("support/meetings/", views.meetings, name="meetings"),
    path("support/meetings/new/", views.new, name="new"),
    path("support/meetings/<int:pk>/", views.meeting, name="meeting"),
    path("support/meetings/<int:pk>/present/", views.present, name="present"),
    path("support/meetings/<int:pk>/again/", views.again, name="again"),
    path("support/meetings/<int:pk>/confirm/", confirming.confirm, name="confirm"),
    path("support/meetings/<int:pk>/close/", confirming.close, name="close"),
    path("support/meetings/<int:pk>/schools/<int:urn>/", views.school, name="school"),
    path("support/meetings/<int:pk>/schools/<int:urn>/open/", views.reopen, name="reopen"),
    path("support/meetings/<int:pk>/schools/<int:urn>/view/", views.opinion, name="opinion"),
    path("support/decisions/<int:pk>/call/", calling.call, name="call"),
]
