"""What people declared goes into the one register of interests."""

from typing import Any

from django.db import migrations


def go(apps: Any, schema_editor: Any) -> None:
    from headway.desk.accounts.sealing import seal

    old, new = apps.get_model("engagements", "Interest"), apps.get_model("interests", "Interest")
    for one in old.objects.order_by("pk"):
        something = bool(one.what.strip())
        new.objects.create(
            person_id=one.person_id, school_id=one.school_id, apart=something and one.school_id is not None,
            sealed=seal(one.what, "interest") if something else "", since=one.day,
            until=max(one.ended, one.day) if one.ended else None, by=one.by, made=one.at,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("engagements", "0002_ladder_and_meetings"), ("interests", "0001_initial")]
    operations = [migrations.RunPython(go, migrations.RunPython.noop), migrations.DeleteModel(name="Interest")]
