import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0005_missing_education"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="missing",
            name="school",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="establishments.establishment"
            ),
        ),
        migrations.AddField(model_name="missing", name="who", field=models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddConstraint(
            model_name="missing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("school__isnull", False), ("who", "")),
                    models.Q(("school__isnull", True), models.Q(("who", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_record_without_a_school_says_of_whom",
            ),
        ),
    ]
