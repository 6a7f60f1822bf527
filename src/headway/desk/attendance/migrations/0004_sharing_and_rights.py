import django.db.models.deletion
from django.db import migrations, models

import headway.vocabulary.clock


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0003_flags"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=300)),
                ("basis", models.CharField(max_length=20)),
                ("what", models.JSONField(default=list)),
                ("numbered", models.BooleanField(default=False)),
                ("until", models.DateField(db_index=True)),
                ("sealed", models.TextField()),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=headway.vocabulary.clock.now)),
                ("withdrawn", models.DateField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("destroyed", models.DateField(blank=True, null=True)),
                ("destroyed_said", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("until", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn__isnull", True), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                        ),
                        name="sharing_is_withdrawn_with_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RightAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=headway.vocabulary.clock.now)),
                ("pupil", models.CharField(db_index=True, max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "To have everything that is held"),
                            ("rectify", "To have something put right"),
                            ("restrict", "To have the use of it restricted"),
                            ("object", "To object to predictions and early warning"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_by", models.CharField(max_length=10)),
                ("received", models.DateField()),
                ("due", models.DateField(db_index=True)),
                ("sealed", models.TextField(blank=True)),
                ("decided", models.DateField(blank=True, null=True)),
                ("granted", models.BooleanField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("lifted", models.DateField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="establishments.establishment"),
                ),
            ],
            options={
                "ordering": ("due", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided__isnull", True), ("granted__isnull", True)),
                            models.Q(("decided__isnull", False), ("granted__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_right_is_decided_one_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPupil",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=headway.vocabulary.clock.now)),
                ("pupil", models.CharField(db_index=True, max_length=32)),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="establishments.establishment"),
                ),
                ("shared", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pupils", to="attendance.shared")),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("shared", "school", "pupil"), name="a_pupil_is_shared_once")],
            },
        ),
    ]
