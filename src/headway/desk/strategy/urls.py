"""Addresses of strategies."""

from django.urls import path, re_path

from headway.desk.accounts.addresses import NUMBER
from headway.desk.strategy import attendance_results, blueprint_views, promise_views, promise_writing, views, writing

KIND = r"(?P<kind>strand|priority|action|milestone|partner|risk)"
app_name = "strategy"
urlpatterns = [
    path("", views.strategies, name="strategies"),
    path("new/", writing.new, name="new"),
    path("<number:pk>/", views.strategy, name="strategy"),
    path("take-up/", blueprint_views.taken_up, name="take_up"),
    path("<number:pk>/blueprint.yaml", blueprint_views.package, name="blueprint"),
    path("<number:pk>/change/", writing.changed, name="change"),
    path("<number:pk>/step/", writing.moved, name="step"),
    path("<number:pk>/doing/", views.doing, name="doing"),
    re_path(r"^(?P<pk>[0-9]{1,9})/doing\.(?P<form>csv|xlsx)$", views.doing_file, name="doing_file"),
    path("<number:pk>/board/", promise_views.board, name="board"),
    re_path(r"^(?P<pk>[0-9]{1,9})/promises\.(?P<form>csv|xlsx)$", promise_views.promises_file, name="promises_file"),
    path("<number:pk>/promises/write/", promise_writing.written, name="promise_new"),
    path("<number:pk>/promises/adopt/", promise_writing.adopted, name="adopt"),
    path("<number:pk>/promises/<str:ambition>/change/", promise_writing.changed, name="promise_change"),
    path("<number:pk>/promises/<str:ambition>/give-up/", promise_writing.given_up, name="promise_give_up"),
    path("<number:pk>/promises/<str:ambition>/", promise_views.promise, name="promise"),
    re_path(
        r"^(?P<pk>[0-9]{1,9})/promises/(?P<ambition>[a-z0-9_.]+)/as-seen\.(?P<form>csv|xlsx)$",
        promise_views.promise_file,
        name="promise_file",
    ),
    re_path(
        r"^(?P<pk>[0-9]{1,9})/promises/(?P<ambition>[a-z0-9_.]+)/what-it-would-take\.(?P<form>csv|xlsx)$",
        promise_views.promise_take_file,
        name="promise_take_file",
    ),
    path("<number:pk>/attendance-and-results/", attendance_results.results, name="attendance_results"),
    path("<number:pk>/versions/", views.versions, name="versions"),
    path("<number:pk>/actions/<number:action>/", views.action, name="action"),
    path("<number:pk>/actions/<number:action>/progress/", writing.told, name="progress"),
    path("<number:pk>/milestones/<number:milestone>/", writing.reached, name="milestone"),
    re_path(rf"^(?P<pk>{NUMBER})/add/{KIND}/$", writing.added, name="add"),
    re_path(rf"^(?P<pk>{NUMBER})/{KIND}/(?P<piece>{NUMBER})/change/$", writing.rewritten, name="rewrite"),
    re_path(rf"^(?P<pk>{NUMBER})/{KIND}/(?P<piece>{NUMBER})/withdraw/$", writing.withdrawn, name="withdraw"),
]
