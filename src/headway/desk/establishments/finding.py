"""The school that an address names."""

from django.http import Http404, HttpRequest

from headway.desk.accounts.access import may
from headway.desk.accounts.permissions import Permission
from headway.desk.establishments.models import Establishment


def known_or_404(urn: int) -> Establishment:
    """A school that the lists know; for views whose address was held to a permission already."""
    school = Establishment.objects.filter(pk=urn).first()
    if school is None:
        raise Http404
    return school


def school_or_404(request: HttpRequest, urn: int, permission: Permission) -> Establishment:
    """A school for which this person holds a permission; another is as one that does not exist."""
    school = known_or_404(urn)
    if not may(request.user, permission, urn):
        raise Http404
    return school
