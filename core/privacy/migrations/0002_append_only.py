from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [append_only("privacy_accesslog")]
