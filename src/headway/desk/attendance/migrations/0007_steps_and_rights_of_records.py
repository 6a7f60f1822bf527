import django.db.models.deletion
from django.db import migrations, models

SOMEBODY = models.Q(("school__isnull", False), ("record__isnull", False), _connector="OR")


def nullable(model: str) -> list[migrations.AlterField | migrations.AddField]:
    school = models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="establishments.establishment"
    )
    record = models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="attendance.missing"
    )
    return [
        migrations.AlterField(model_name=model, name="school", field=school),
        migrations.AddField(model_name=model, name="record", field=record),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0006_on_no_roll_here"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        *nullable("step"),
        *nullable("rightasked"),
        migrations.AddField(model_name="step", name="names", field=models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="step", constraint=models.CheckConstraint(condition=SOMEBODY, name="a_step_is_of_a_school_or_a_record")
        ),
        migrations.AddConstraint(
            model_name="rightasked", constraint=models.CheckConstraint(condition=SOMEBODY, name="a_right_is_of_a_school_or_a_record")
        ),
    ]
