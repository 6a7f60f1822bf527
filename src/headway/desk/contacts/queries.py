"""Read contacts."""

from django.db.models import QuerySet

from headway.desk.contacts.models import Contact


def standing(urn: int) -> "QuerySet[Contact]":
    return Contact.objects.filter(school_id=urn, until=None)


def ended(urn: int) -> "QuerySet[Contact]":
    return Contact.objects.filter(school_id=urn).exclude(until=None).order_by("-until")
