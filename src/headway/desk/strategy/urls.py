"""Addresses of strategies."""

from django.urls import path, re_path

from headway.desk.strategy import blueprint_views, promise_views, promise_writing, views, writing

KIND = r"(?P<kind>strand|priority|action|milestone|partner|risk)"
app_name = "strategy"
urlpatterns = [
    path("", views.strategies, name="strategies"),
    path("new/", writing.new, name="new"),
    path("<int:pk>/", views.strategy, name="strategy"),
    path("take-up/", blueprint_views.taken_up, name="take_up"),
    path("<int:pk>/blueprint.yaml", blueprint_views.package, name="blueprint"),
    path("<int:pk>/change/", writing.changed, name="change"),
    path("<int:pk>/step/", writing.moved, name="step"),
    path("<int:pk>/doing/", views.doing, name="doing"),
    re_path(r"^(?P<pk>[0-9]+)/doing\.(?P<form>csv|xlsx)$", views.doing_file, name="doing_file"),
    path("<int:pk>/board/", promise_views.board, name="board"),
    re_path(r"^(?P<pk>[0-9]+)/promises\.(?P<form>csv|xlsx)$", promise_views.promises_file, name="promises_file"),
    path("<int:pk>/promises/write/", promise_writing.written, name="promise_new"),
    path("<int:pk>/promises/adopt/", promise_writing.adopted, name="adopt"),
    path("<int:pk>/promises/<str:ambition>/change/", promise_writing.changed, name="promise_change"),
    path("<int:pk>/promises/<str:ambition>/give-up/", promise_writing.given_up, name="promise_give_up"),
    path("<int:pk>/promises/<str:ambition>/", promise_views.promise, name="promise"),
    re_path(
        r"^(?P<pk>[0-9]+)/promises/(?P<ambition>[a-z0-9_.]+)/as-seen\.(?P<form>csv|xlsx)$", promise_views.promise_file, name="promise_file"
    ),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/actions/<int:action>/", views.action, name="action"),
    path("<int:pk>/actions/<int:action>/progress/", writing.told, name="progress"),
    path("<int:pk>/milestones/<int:milestone>/", writing.reached, name="milestone"),
    re_path(rf"^(?P<pk>[0-9]+)/add/{KIND}/$", writing.added, name="add"),
    re_path(rf"^(?P<pk>[0-9]+)/{KIND}/(?P<piece>[0-9]+)/change/$", writing.rewritten, name="rewrite"),
    re_path(rf"^(?P<pk>[0-9]+)/{KIND}/(?P<piece>[0-9]+)/withdraw/$", writing.withdrawn, name="withdraw"),
]
