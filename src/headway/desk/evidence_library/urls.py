"""Addresses of the evidence library."""

from django.urls import path, re_path

from headway.desk.evidence_library import views

app_name = "evidence_library"
urlpatterns = [
    path("evidence-library/", views.home, name="home"),
    re_path(r"^evidence-library/as-seen\.(?P<form>csv|xlsx)$", views.library_file, name="library_file"),
    path("evidence-library/new/", views.propose, name="propose"),
    path("evidence-library/<number:pk>/", views.practice, name="practice"),
    path("evidence-library/<number:pk>/rewrite/", views.rewrite, name="rewrite"),
    re_path(r"^evidence-library/(?P<pk>[0-9]{1,9})/(?P<to>reviewed|published|returned|withdrawn|proposed)/$", views.move, name="move"),
    path("evidence-library/<number:pk>/sources/new/", views.cite, name="cite"),
    path("evidence-library/<number:pk>/we-do-this/", views.adopt, name="adopt"),
    path("evidence-library/sources/<number:pk>/strike/", views.strike, name="strike"),
    path("evidence-library/taken-up/<number:pk>/stop/", views.stop, name="stop"),
    path("schools/<number:urn>/what-worked/", views.of_school, name="of_school"),
]
