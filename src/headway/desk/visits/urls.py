"""Addresses of visits, calls and follow-ups."""

from django.urls import path, re_path

from headway.desk.visits import coming, listing, views, writing

app_name = "visits"
urlpatterns = [
    path("support/", views.today, name="today"),
    path("support/visits/", listing.visits, name="visits"),
    re_path(r"^support/visits/as-seen\.(?P<form>csv|xlsx)$", listing.visits_file, name="visits_file"),
    path("support/visits/<number:pk>/", views.visit, name="visit"),
    path("support/visits/<number:pk>/change/", views.change, name="change"),
    path("support/visits/<number:pk>/cancel/", views.cancel, name="cancel"),
    path("support/visits/<number:pk>/note/", writing.note, name="write"),
    path("support/visits/<number:pk>/school-part/", writing.school_part, name="school_part"),
    path("support/visits/<number:pk>/answer/", writing.answer, name="answer"),
    path("support/visits/<number:pk>/action/", views.promise, name="promise"),
    re_path(r"^support/visits/(?P<pk>[0-9]{1,9})/draft/(?P<part>note|school)/$", writing.autosave, name="autosave"),
    re_path(r"^support/visits/(?P<pk>[0-9]{1,9})/(?P<act>share|take-back|agree|held)/$", views.move, name="move"),
    path("support/calls/new/", views.log, name="log"),
    path("support/actions/<number:pk>/close/", views.close, name="close"),
    path("support/calendar/", listing.feed_page, name="feed_page"),
    path("support/calendar/change/", listing.feed_change, name="feed_change"),
    path("schools/<number:urn>/visits/", views.of_school, name="of_school"),
    path("schools/<number:urn>/visitors/new/", coming.come, name="come"),
    path("support/visitors/<number:pk>/call-off/", coming.not_coming, name="not_coming"),
    path("schools/<number:urn>/visits/new/", views.book, name="book"),
    path("schools/<number:urn>/briefing/", views.briefing, name="briefing"),
]
