"""Addresses of boards."""

from django.urls import path, re_path

from headway.desk.boards import clerk_views as clerk
from headway.desk.boards import forum_views as forum
from headway.desk.boards import pack_views as packs
from headway.desk.boards import paper_views as papers
from headway.desk.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.boards, name="boards"),
    path("calendar/", views.calendar, name="calendar"),
    path("new/", clerk.new, name="new"),
    path("questions/", forum.questions, name="questions"),
    path("questions/new/", forum.ask, name="ask"),
    path("questions/<number:pk>/answer/", forum.answer, name="answer"),
    path("items/<number:pk>/rate/", forum.rate, name="rate"),
    path("<number:pk>/", views.board, name="board"),
    path("<number:pk>/record/", views.record, name="record"),
    path("<number:pk>/terms/", clerk.terms, name="terms"),
    path("<number:pk>/members/new/", clerk.seat, name="seat"),
    path("members/<number:pk>/end/", clerk.end_term, name="end_term"),
    path("members/<number:pk>/interests/new/", clerk.interest, name="interest"),
    path("<number:pk>/meetings/new/", clerk.plan, name="plan"),
    path("meetings/<number:pk>/", views.meeting, name="meeting"),
    path("meetings/<number:pk>/move/", clerk.move, name="move"),
    path("meetings/<number:pk>/cancel/", clerk.cancel, name="cancel"),
    path("meetings/<number:pk>/papers-out/", clerk.call, name="call"),
    path("meetings/<number:pk>/attendance/", clerk.attendance, name="attendance"),
    path("meetings/<number:pk>/minutes/", clerk.minutes, name="minutes"),
    path("meetings/<number:pk>/sign/", views.sign, name="sign"),
    path("meetings/<number:pk>/corrections/new/", clerk.correct, name="correct"),
    path("meetings/<number:pk>/items/new/", clerk.item_new, name="item_new"),
    path("meetings/<number:pk>/packs/build/", packs.build, name="pack_build"),
    path("meetings/<number:pk>/packs/own/<number:urn>/", packs.own, name="pack_own"),
    path("meetings/<number:pk>/packs/<str:edition>/", packs.pack, name="pack"),
    re_path(
        r"^meetings/(?P<pk>[0-9]{1,9})/packs/(?P<edition>public|members|exempt)(?P<whole>-whole)?\.(?P<form>pdf|docx|xlsx|html)$",
        packs.pack_file,
        name="pack_file",
    ),
    path("meetings/<number:pk>/packs/pack.json", packs.pack_json, name="pack_json"),
    path("items/<number:pk>/", views.item, name="item"),
    path("items/<number:pk>/change/", clerk.item_change, name="item_change"),
    path("items/<number:pk>/withdraw/", clerk.item_withdraw, name="item_withdraw"),
    path("items/<number:pk>/interest/", views.declare, name="declare"),
    path("items/<number:pk>/decide/", clerk.decide, name="decide"),
    path("items/<number:pk>/files/new/", papers.file_new, name="file_new"),
    path("items/<number:pk>/report/", papers.report, name="report"),
    path("items/<number:pk>/vote/", papers.vote, name="vote"),
    path("files/<number:pk>/", papers.file, name="file"),
    path("files/<number:pk>/withdraw/", papers.file_withdraw, name="file_withdraw"),
    path("actions/<number:pk>/close/", clerk.close, name="close"),
]
