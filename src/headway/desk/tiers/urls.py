"""Addresses of tiers: returns, decisions, letters, replies."""

from django.urls import path, re_path

from headway.desk.tiers import answering, listing, reviewing, sending, views

app_name = "tiers"
urlpatterns = [
    path("support/returns/", views.returns, name="returns"),
    path("support/returns/new/", views.give, name="give"),
    path("support/returns/<number:pk>/aside/", views.aside, name="aside"),
    path("support/tiers/", listing.tiers, name="tiers"),
    re_path(r"^support/tiers/as-seen\.(?P<form>csv|xlsx)$", listing.tiers_file, name="tiers_file"),
    path("support/letters/", sending.waiting, name="waiting"),
    path("support/letters/send/", sending.send, name="send"),
    re_path(r"^support/letters/(?P<day>[0-9-]{10})\.zip$", sending.letters_file, name="letters_file"),
    path("support/decisions/<number:pk>/letter/", sending.letter, name="letter"),
    re_path(r"^support/decisions/(?P<pk>[0-9]{1,9})/letter\.(?P<form>docx|pdf)$", sending.letter_file, name="letter_file"),
    path("support/decisions/<number:pk>/take-back/", sending.withdraw, name="withdraw"),
    path("support/decisions/<number:pk>/reply/", answering.reply, name="reply"),
    path("support/decisions/<number:pk>/appeal/", answering.appeal, name="appeal"),
    path("support/replies/<number:pk>/answer/", answering.answer, name="answer"),
    path("support/appeals/", answering.appeals, name="appeals"),
    path("support/appeals/<number:pk>/", answering.hear, name="hear"),
    path("schools/<number:urn>/tiers/", listing.of_school, name="of_school"),
    path("schools/<number:urn>/tiers/review/", reviewing.review, name="review"),
    path("schools/<number:urn>/ask-for-help/", answering.ask, name="ask"),
    path("schools/<number:urn>/tell-us/", answering.wrong, name="wrong"),
]
