from django.db import migrations, models

MEDIA = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/csv",
)


class Migration(migrations.Migration):
    """A csv is taken too. Nothing in the database changes."""

    dependencies = [("documents", "0001_initial")]
    operations = [migrations.AlterField("document", "media", models.CharField(choices=[(one, one) for one in MEDIA], max_length=90))]
