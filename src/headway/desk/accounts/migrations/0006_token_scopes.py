from django.db import migrations, models

import headway.desk.accounts.rules


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_data_protection_officer"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=models.JSONField(default=headway.desk.accounts.rules.every_scope),
        ),
    ]
