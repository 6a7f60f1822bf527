"""Refresh the projection of establishments."""

from collections.abc import Iterable

from django.db import transaction

from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.rules import KEPT, projected


@transaction.atomic
def sync(rows: Iterable[object], *, by: str, snapshot: str = "") -> int:
    """Make the projection what a snapshot says; how many schools it names.

    `rows` have urn, name, phase, status, authority, trust and links, as mappings or attributes. Schools they leave
    out stay, no longer listed.
    """
    fresh = [Establishment(**projected(row), listed=True, snapshot=snapshot) for row in rows]
    Establishment.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["urn"], update_fields=[*KEPT, "listed", "snapshot"], batch_size=500
    )
    named = {school.urn for school in fresh}
    gone = [urn for urn in Establishment.objects.filter(listed=True).values_list("urn", flat=True) if urn not in named]
    for start in range(0, len(gone), 500):
        Establishment.objects.filter(urn__in=gone[start : start + 500]).update(listed=False)
    record(by=by, verb="synced", target="establishments", target_id=snapshot, after={"named": len(named), "no_longer_listed": len(gone)})
    return len(named)
