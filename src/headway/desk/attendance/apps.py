"""The attendance officer's day: meetings, plans, notices, returns and legal steps over what registers say."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "headway.desk.attendance"
