"""Addresses of strategies."""

from django.urls import path, re_path

from headway.desk.strategy import views, writing

KIND = r"(?P<kind>strand|priority|action|milestone|partner|risk)"
app_name = "strategy"
urlpatterns = [
    path("", views.strategies, name="strategies"),
    path("new/", writing.new, name="new"),
    path("<int:pk>/", views.strategy, name="strategy"),
    path("<int:pk>/change/", writing.changed, name="change"),
    path("<int:pk>/step/", writing.moved, name="step"),
    path("<int:pk>/doing/", views.doing, name="doing"),
    re_path(r"^(?P<pk>[0-9]+)/doing\.(?P<form>csv|xlsx)$", views.doing_file, name="doing_file"),
    path("<int:pk>/versions/", views.versions, name="versions"),
    path("<int:pk>/actions/<int:action>/", views.action, name="action"),
    path("<int:pk>/actions/<int:action>/progress/", writing.told, name="progress"),
    path("<int:pk>/milestones/<int:milestone>/", writing.reached, name="milestone"),
    re_path(rf"^(?P<pk>[0-9]+)/add/{KIND}/$", writing.added, name="add"),
    re_path(rf"^(?P<pk>[0-9]+)/{KIND}/(?P<piece>[0-9]+)/change/$", writing.rewritten, name="rewrite"),
    re_path(rf"^(?P<pk>[0-9]+)/{KIND}/(?P<piece>[0-9]+)/withdraw/$", writing.withdrawn, name="withdraw"),
]
