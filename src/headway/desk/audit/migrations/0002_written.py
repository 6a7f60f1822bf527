from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.AddField("head", "written", models.CharField(blank=True, max_length=64))]
