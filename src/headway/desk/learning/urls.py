"""Addresses of professional development and partners."""

from django.urls import path, re_path

from headway.desk.learning import keeping_views, partner_views, views

app_name = "learning"
urlpatterns = [
    path("", views.home, name="home"),
    re_path(r"^as-seen\.(?P<form>csv|xlsx)$", keeping_views.sessions_file, name="sessions_file"),
    path("sessions.ics", views.calendar, name="calendar"),
    path("programmes/", keeping_views.programmes, name="programmes"),
    path("programmes/new/", keeping_views.new_programme, name="new_programme"),
    path("programmes/<number:pk>/", keeping_views.programme, name="programme"),
    path("programmes/<number:pk>/change/", keeping_views.change_programme, name="change_programme"),
    path("programmes/<number:pk>/end/", keeping_views.end_programme, name="end_programme"),
    path("programmes/<number:pk>/sessions/new/", keeping_views.plan_session, name="plan_session"),
    path("programmes/<number:pk>/take-up/", keeping_views.taken_up, name="take_up"),
    re_path(r"^programmes/(?P<pk>[0-9]{1,9})/take-up\.(?P<form>csv|xlsx)$", keeping_views.take_up_file, name="take_up_file"),
    path("sessions/<number:pk>/", views.session, name="session"),
    re_path(r"^sessions/(?P<pk>[0-9]{1,9})\.ics$", views.session_calendar, name="session_calendar"),
    path("sessions/<number:pk>/change/", keeping_views.change_session, name="change_session"),
    path("sessions/<number:pk>/call-off/", keeping_views.call_off, name="call_off"),
    path("sessions/<number:pk>/book/", views.book, name="book"),
    path("sessions/<number:pk>/attendance/", views.attendance, name="attendance"),
    path("places/<number:pk>/give-back/", views.give_back, name="give_back"),
    path("places/<number:pk>/how-it-was/", views.evaluate, name="evaluate"),
    path("partners/", partner_views.partners, name="partners"),
    re_path(r"^partners/as-seen\.(?P<form>csv|xlsx)$", partner_views.offers_file, name="offers_file"),
    path("partners/new/", partner_views.new_partner, name="new_partner"),
    path("partners/<number:pk>/", partner_views.partner, name="partner"),
    path("partners/<number:pk>/end/", partner_views.end_partner, name="end_partner"),
    path("partners/<number:pk>/offers/new/", partner_views.new_offer, name="new_offer"),
    path("offers/<number:pk>/take-up/", partner_views.take, name="take"),
    path("offers/<number:pk>/withdraw/", partner_views.withdraw_offer, name="withdraw_offer"),
    path("taken/<number:pk>/move/", partner_views.move, name="move"),
]
