from django.db import migrations, models

import headway.desk.accounts.rules


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_alter_holding_role"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="scopes",
            field=models.JSONField(default=headway.desk.accounts.rules.every_scope),
        ),
    ]
