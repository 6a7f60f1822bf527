"""Addresses of meetings on tiers."""

from django.urls import path

from headway.desk.moderation import between, calling, confirming, views

app_name = "moderation"
urlpatterns = [
    path("support/meetings/", views.meetings, name="meetings"),
    path("support/meetings/new/", views.new, name="new"),
    path("support/meetings/<number:pk>/", views.meeting, name="meeting"),
    path("support/meetings/<number:pk>/present/", views.present, name="present"),
    path("support/meetings/<number:pk>/again/", views.again, name="again"),
    path("support/meetings/<number:pk>/confirm/", confirming.confirm, name="confirm"),
    path("support/meetings/<number:pk>/close/", confirming.close, name="close"),
    path("support/meetings/<number:pk>/schools/<number:urn>/", views.school, name="school"),
    path("support/meetings/<number:pk>/schools/<number:urn>/open/", views.reopen, name="reopen"),
    path("support/meetings/<number:pk>/schools/<number:urn>/view/", views.opinion, name="opinion"),
    path("schools/<number:urn>/tiers/move/", between.move, name="move"),
    path("support/decisions/<number:pk>/call/", calling.call, name="call"),
]
