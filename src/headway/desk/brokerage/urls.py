"""Addresses of offers, needs, matches and deployments."""

from django.urls import path, re_path

from headway.desk.brokerage import helping, listing, offering, rounds, views

app_name = "brokerage"
urlpatterns = [
    path("", views.home, name="home"),
    path("needs/", listing.needs_page, name="needs"),
    re_path(r"^needs/as-seen\.(?P<form>csv|xlsx)$", listing.needs_file, name="needs_file"),
    path("needs/new/", views.new_need, name="new_need"),
    path("needs/<number:pk>/", views.need, name="need"),
    path("needs/<number:pk>/close/", views.close_need, name="close_need"),
    path("needs/<number:pk>/ask/<number:offer>/", views.ask, name="ask"),
    path("matches/<number:pk>/", views.match, name="match"),
    path("matches/<number:pk>/take-back/", views.take_back, name="take_back"),
    path("matches/<number:pk>/agreement/", helping.agreement, name="agreement"),
    path("offers/", listing.offers_page, name="offers"),
    re_path(r"^offers/as-seen\.(?P<form>csv|xlsx)$", listing.offers_file, name="offers_file"),
    path("offers/new/", offering.new_offer, name="new_offer"),
    path("offers/<number:pk>/", offering.offer, name="offer"),
    path("offers/<number:pk>/change/", offering.change_offer, name="change_offer"),
    path("offers/<number:pk>/confirm/", offering.confirm, name="confirm"),
    path("offers/<number:pk>/withdraw/", offering.withdraw_offer, name="withdraw_offer"),
    path("providers/new/", offering.new_provider, name="new_provider"),
    path("providers/<number:pk>/", offering.provider, name="provider"),
    path("providers/<number:pk>/conflict/", offering.conflict, name="conflict"),
    path("providers/<number:pk>/withdraw/", offering.withdraw_provider, name="withdraw_provider"),
    path("round/", rounds.round_page, name="round"),
    path("round/ask/", rounds.ask_all, name="ask_all"),
    path("strengths/", listing.strengths, name="strengths"),
    re_path(r"^strengths/as-seen\.(?P<form>csv|xlsx)$", listing.strengths_file, name="strengths_file"),
    path("help/<number:pk>/", helping.deployment, name="deployment"),
    path("help/<number:pk>/day/", helping.day, name="day"),
    path("help/<number:pk>/review/", helping.review, name="review"),
    path("help/<number:pk>/complete/", helping.complete, name="complete"),
    path("help/<number:pk>/stop/", helping.stop, name="stop"),
    path("help/days/<number:pk>/strike/", helping.strike, name="strike"),
]
