"""Addresses of networks."""

from django.urls import path, re_path

from headway.desk.networks import meeting_views, review_views, views

app_name = "networks"
urlpatterns = [
    path("", views.networks, name="networks"),
    re_path(r"^as-seen\.(?P<form>csv|xlsx)$", views.networks_file, name="networks_file"),
    path("new/", views.new, name="new"),
    path("unplaced/", views.unplaced, name="unplaced"),
    path("<number:pk>/", views.network, name="network"),
    path("<number:pk>/change/", views.change, name="change"),
    path("<number:pk>/members/", views.change_members, name="members"),
    path("<number:pk>/close/", views.close, name="close"),
    path("<number:pk>/reopen/", views.reopen, name="reopen"),
    path("<number:pk>/meetings/new/", meeting_views.call, name="call"),
    path("<number:pk>/promises/new/", meeting_views.promise, name="promise"),
    path("<number:pk>/papers/new/", meeting_views.share, name="share"),
    path("<number:pk>/reviews/new/", review_views.begin, name="begin"),
    path("meetings/<number:pk>/", meeting_views.meeting, name="meeting"),
    path("meetings/<number:pk>/change/", meeting_views.move, name="move"),
    path("meetings/<number:pk>/call-off/", meeting_views.call_off, name="call_off"),
    path("meetings/<number:pk>/minutes/", meeting_views.minutes, name="minutes"),
    path("meetings/<number:pk>/agree/", meeting_views.agree_minutes, name="agree_minutes"),
    path("meetings/<number:pk>/correct/", meeting_views.correct, name="correct"),
    path("promises/<number:pk>/close/", meeting_views.keep_promise, name="keep_promise"),
    path("papers/<number:pk>/", meeting_views.paper, name="paper"),
    path("papers/<number:pk>/take-down/", meeting_views.take_down, name="take_down"),
    path("cycles/<number:pk>/", review_views.cycle, name="cycle"),
    path("cycles/<number:pk>/pair/", review_views.pair, name="pair"),
    path("reviews/<number:pk>/", review_views.review, name="review"),
    path("reviews/<number:pk>/day/", review_views.review_day, name="review_day"),
    path("reviews/<number:pk>/findings/", review_views.findings, name="findings"),
    path("reviews/<number:pk>/agree/", review_views.agree, name="agree"),
    path("reviews/<number:pk>/call-off/", review_views.review_off, name="review_off"),
    path("reviews/<number:pk>/follow-up/", review_views.follow_up, name="follow_up"),
]
