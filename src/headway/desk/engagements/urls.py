"""Addresses of engagements, the register, the ladder and the meeting."""

from django.urls import path, re_path

from headway.desk.engagements import climbing_views, listing, note_views, notice_views, register_views, views

app_name = "engagements"
ONE = "support/engagements/<number:pk>/"
urlpatterns = [
    path("support/engagements/", listing.engagements, name="engagements"),
    re_path(r"^support/engagements/as-seen\.(?P<form>csv|xlsx)$", listing.engagements_file, name="engagements_file"),
    path(ONE, views.engagement, name="engagement"),
    path(f"{ONE}steps/<slug:key>/", views.step, name="step"),
    path(f"{ONE}aim/", views.aim, name="aim"),
    path(f"{ONE}direction/", views.direction, name="direction"),
    path(f"{ONE}check/", views.check, name="check"),
    path(f"{ONE}adviser/", views.allocate, name="allocate"),
    path(f"{ONE}watch/", views.watch, name="watch"),
    re_path(r"^support/engagements/(?P<pk>[0-9]{1,9})/turn/(?P<to>open|paused|stopped|closed)/$", views.turn, name="turn"),
    path(f"{ONE}notes/new/", note_views.write, name="write_note"),
    re_path(r"^support/engagements/(?P<pk>[0-9]{1,9})/draft/(?P<of>new|[0-9]{1,9})/$", note_views.autosave, name="autosave"),
    path("support/notes/<number:pk>/", note_views.versions, name="note"),
    path("support/notes/<number:pk>/revise/", note_views.revise, name="revise_note"),
    path(f"{ONE}ladder/<slug:rung>/", climbing_views.prepare, name="prepare"),
    path("support/ladder/<number:pk>/", climbing_views.action, name="action"),
    path("support/ladder/<number:pk>/end/", climbing_views.end, name="end_action"),
    path("support/ladder/<number:pk>/withdraw/", climbing_views.withdraw, name="withdraw_action"),
    path("support/notices/<number:pk>/", notice_views.notice, name="notice"),
    path("support/notices/replies/<number:pk>/answer/", notice_views.answer, name="answer_notice"),
    path("support/concerns/", register_views.register, name="register"),
    path("support/concerns/<number:pk>/", register_views.resolve, name="resolve"),
    path("support/concern-meetings/", register_views.meetings, name="meetings"),
    path("support/concern-meetings/<number:pk>/", register_views.meeting, name="meeting"),
    path("schools/<number:urn>/engagements/", views.of_school, name="of_school"),
    path("schools/<number:urn>/engagements/new/", views.enter, name="enter"),
    path("schools/<number:urn>/concerns/new/", register_views.raise_concern, name="raise_concern"),
]
