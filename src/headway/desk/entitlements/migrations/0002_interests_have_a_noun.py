"""Who is kept apart from which school goes into the one register of interests, still sealed."""

from typing import Any

from django.db import migrations


def go(apps: Any, schema_editor: Any) -> None:
    old, new = apps.get_model("entitlements", "Interest"), apps.get_model("interests", "Interest")
    for one in old.objects.order_by("pk"):
        new.objects.create(
            person_id=one.adviser_id, school_id=one.school_id, apart=True, sealed=one.sealed, since=one.since,
            until=max(one.until, one.since) if one.until else None, by=one.by, made=one.made,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_initial"), ("interests", "0001_initial")]
    operations = [migrations.RunPython(go, migrations.RunPython.noop), migrations.DeleteModel(name="Interest")]
