"""What schools say of themselves, against the criteria of the scheme by which they are sorted."""

from django.apps import AppConfig


class SelfEvaluationConfig(AppConfig):
    name = "headway.desk.self_evaluation"
