from django.db import migrations, models

from core.triggers import let_go_of_old_rows


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="accessloghead",
            name="first_sequence",
            field=models.PositiveBigIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="accessloghead",
            name="first_follows",
            field=models.CharField(default="0" * 64, max_length=64),
        ),
        # the law: a year at the least; how much longer says ACCESS_LOG_DAYS
        let_go_of_old_rows("privacy_accesslog", column="at", days=365),
    ]
