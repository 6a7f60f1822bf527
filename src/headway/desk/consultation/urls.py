"""Addresses of consultations."""

from django.urls import path, re_path

from headway.desk.consultation import running, views

app_name = "consultation"
urlpatterns = [
    path("", views.consultations, name="consultations"),
    path("new/", running.new, name="new"),
    path("by-invitation/<str:token>/", views.by_invitation, name="by_invitation"),
    path("<int:pk>/", views.consultation, name="consultation"),
    path("<int:pk>/thanks/<slug:reference>/", views.thanks, name="thanks"),
    path("<int:pk>/you-said-we-did/", views.outcome, name="outcome"),
    path("<int:pk>/run/", running.run, name="run"),
    path("<int:pk>/change/", running.changed, name="change"),
    path("<int:pk>/step/", running.moved, name="step"),
    path("<int:pk>/erase/", running.erased, name="erase"),
    path("<int:pk>/invite/", running.invited, name="invite"),
    path("<int:pk>/invitations/<int:invitation>/revoke/", running.revoked, name="revoke"),
    path("<int:pk>/questions/add/", running.question, name="add_question"),
    path("<int:pk>/questions/<int:question>/", running.question, name="question"),
    path("<int:pk>/themes/add/", running.theme, name="add_theme"),
    path("<int:pk>/themes/<int:theme>/", running.theme, name="theme"),
    path("<int:pk>/responses/", running.responses, name="responses"),
    path("<int:pk>/responses/<int:response>/", running.response, name="response"),
    path("<int:pk>/answers/<int:answer>/themes/", running.themed, name="themed"),
    re_path(r"^(?P<pk>[0-9]+)/responses\.(?P<form>csv|xlsx)$", running.responses_file, name="responses_file"),
]
