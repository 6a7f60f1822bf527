"""Addresses of consultations."""

from django.urls import path, re_path

from headway.desk.consultation import running, views

app_name = "consultation"
urlpatterns = [
    path("", views.consultations, name="consultations"),
    path("new/", running.new, name="new"),
    path("by-invitation/<str:token>/", views.by_invitation, name="by_invitation"),
    path("<number:pk>/", views.consultation, name="consultation"),
    path("<number:pk>/thanks/<slug:reference>/", views.thanks, name="thanks"),
    path("<number:pk>/you-said-we-did/", views.outcome, name="outcome"),
    path("<number:pk>/run/", running.run, name="run"),
    path("<number:pk>/change/", running.changed, name="change"),
    path("<number:pk>/step/", running.moved, name="step"),
    path("<number:pk>/erase/", running.erased, name="erase"),
    path("<number:pk>/invite/", running.invited, name="invite"),
    path("<number:pk>/invitations/<number:invitation>/revoke/", running.revoked, name="revoke"),
    path("<number:pk>/questions/add/", running.question, name="add_question"),
    path("<number:pk>/questions/<number:question>/", running.question, name="question"),
    path("<number:pk>/themes/add/", running.theme, name="add_theme"),
    path("<number:pk>/themes/<number:theme>/", running.theme, name="theme"),
    path("<number:pk>/responses/", running.responses, name="responses"),
    path("<number:pk>/responses/<number:response>/", running.response, name="response"),
    path("<number:pk>/answers/<number:answer>/themes/", running.themed, name="themed"),
    re_path(r"^(?P<pk>[0-9]{1,9})/responses\.(?P<form>csv|xlsx)$", running.responses_file, name="responses_file"),
]
