"""The evidence library: what schools did, what it cost, what is known of whether it works."""

from django.apps import AppConfig


class EvidenceLibraryConfig(AppConfig):
    name = "headway.desk.evidence_library"
