from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [append_only("workflow_change")]
