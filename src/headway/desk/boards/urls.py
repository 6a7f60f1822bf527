"""Addresses of boards."""

from django.urls import path, re_path

from headway.desk.boards import clerk_views as clerk
from headway.desk.boards import pack_views as packs
from headway.desk.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.boards, name="boards"),
    path("calendar/", views.calendar, name="calendar"),
    path("new/", clerk.new, name="new"),
    path("<int:pk>/", views.board, name="board"),
    path("<int:pk>/record/", views.record, name="record"),
    path("<int:pk>/terms/", clerk.terms, name="terms"),
    path("<int:pk>/members/new/", clerk.seat, name="seat"),
    path("members/<int:pk>/end/", clerk.end_term, name="end_term"),
    path("members/<int:pk>/interests/new/", clerk.interest, name="interest"),
    path("<int:pk>/meetings/new/", clerk.plan, name="plan"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/move/", clerk.move, name="move"),
    path("meetings/<int:pk>/cancel/", clerk.cancel, name="cancel"),
    path("meetings/<int:pk>/papers-out/", clerk.call, name="call"),
    path("meetings/<int:pk>/attendance/", clerk.attendance, name="attendance"),
    path("meetings/<int:pk>/minutes/", clerk.minutes, name="minutes"),
    path("meetings/<int:pk>/sign/", views.sign, name="sign"),
    path("meetings/<int:pk>/corrections/new/", clerk.correct, name="correct"),
    path("meetings/<int:pk>/items/new/", clerk.item_new, name="item_new"),
    path("meetings/<int:pk>/packs/build/", packs.build, name="pack_build"),
    path("meetings/<int:pk>/packs/own/<int:urn>/", packs.own, name="pack_own"),
    path("meetings/<int:pk>/packs/<str:edition>/", packs.pack, name="pack"),
    re_path(
        r"^meetings/(?P<pk>[0-9]+)/packs/(?P<edition>public|members|exempt)(?P<whole>-whole)?\.(?P<form>pdf|docx|xlsx|html)$",
        packs.pack_file,
        name="pack_file",
    ),
    path("meetings/<int:pk>/packs/pack.json", packs.pack_json, name="pack_json"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/change/", clerk.item_change, name="item_change"),
    path("items/<int:pk>/withdraw/", clerk.item_withdraw, name="item_withdraw"),
    path("items/<int:pk>/interest/", views.declare, name="declare"),
    path("items/<int:pk>/decide/", clerk.decide, name="decide"),
    path("actions/<int:pk>/close/", clerk.close, name="close"),
]
