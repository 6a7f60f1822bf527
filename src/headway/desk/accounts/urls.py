"""Addresses of accounts."""

from django.urls import path

from headway.desk.accounts import audit_page, look_page, tokens_page, views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("tokens/", tokens_page.tokens, name="tokens"),
    path("tokens/<number:pk>/revoke/", tokens_page.revoked, name="revoke_token"),
    path("look/", look_page.look, name="look"),
    path("look/<number:pk>/", look_page.begin, name="begin_looking"),
    path("look/stop/", look_page.stop, name="stop_looking"),
    path("audit/", audit_page.audit, name="audit"),
    path("audit.csv", audit_page.audit_file, name="audit_file"),
    path("people/", views.everyone, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<number:pk>/", views.person, name="person"),
    path("people/<number:pk>/active/", views.active, name="active"),
]
