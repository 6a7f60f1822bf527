"""Addresses of the ledger, of advisers' days, of costs and of the traded offer."""

from django.urls import path, re_path

from headway.desk.entitlements import costs, naming, offers, people, views

app_name = "entitlements"
urlpatterns = [
    path("support/owed/", views.ledger, name="ledger"),
    re_path(r"^support/owed/as-seen\.(?P<form>csv|xlsx)$", views.ledger_file, name="ledger_file"),
    path("support/owed/lines/", views.lines, name="lines"),
    re_path(r"^support/owed/lines/as-seen\.(?P<form>csv|xlsx)$", views.lines_file, name="lines_file"),
    path("support/owed/lines/written-down/", views.for_many, name="for_many"),
    path("support/owed/<number:pk>/done/", views.done, name="done"),
    path("support/owed/<number:pk>/take-back/", views.take_back, name="take_back"),
    path("support/happened/<number:pk>/ended/", views.no_longer, name="no_longer"),
    path("support/costs/", costs.costs, name="costs"),
    re_path(r"^support/costs/as-seen\.(?P<form>csv|xlsx)$", costs.costs_file, name="costs_file"),
    path("support/costs/day/", costs.day_cost, name="day_cost"),
    path("support/advisers/", people.advisers, name="advisers"),
    re_path(r"^support/advisers/as-seen\.(?P<form>csv|xlsx)$", people.advisers_file, name="advisers_file"),
    path("support/advisers/<number:pk>/", people.adviser, name="adviser"),
    path("support/advisers/<number:pk>/diary/", people.diary, name="diary"),
    path("support/allocation/", naming.allocation, name="allocation"),
    path("support/allocation/solve/", naming.solve_again, name="solve"),
    path("support/allocation/<number:pk>/adopt/", naming.adopted, name="adopt"),
    re_path(r"^support/allocation/(?P<pk>[0-9]{1,9})/as-seen\.(?P<form>csv|xlsx)$", naming.allocation_file, name="allocation_file"),
    path("support/offer/", offers.offer, name="offer"),
    re_path(r"^support/offer/orders\.(?P<form>csv|xlsx)$", offers.orders_file, name="orders_file"),
    path("support/offer/new/", offers.new, name="new_offer"),
    path("support/offer/<number:pk>/change/", offers.change, name="change_offer"),
    path("support/offer/<number:pk>/archive/", offers.archive, name="archive_offer"),
    re_path(r"^support/offer/orders/(?P<pk>[0-9]{1,9})/(?P<act>agreed|done|cancelled)/$", offers.move, name="move_order"),
    path("schools/<number:urn>/owed/", views.of_school, name="of_school"),
    path("schools/<number:urn>/owed/new/", views.enter, name="enter"),
    re_path(r"^schools/(?P<urn>[0-9]{6})/owed/(?P<item>[a-z0-9_]+)/(?P<due>[0-9]{4}-[0-9]{2}-[0-9]{2})/waive/$", views.waive, name="waive"),
    path("schools/<number:urn>/owed/happened/", views.happened, name="happened"),
    path("schools/<number:urn>/owed/named/", people.name, name="name"),
    path("schools/<number:urn>/owed/order/", offers.order, name="order"),
]
