from django.db import migrations


def bind_to_the_only_one(apps, schema_editor):
    """Where there is one committee, it has decided about every fund until now. Among several, staff choose."""
    committees = list(apps.get_model("committees", "Committee").objects.all()[:2])
    if len(committees) == 1:
        apps.get_model("loans", "Fund").objects.filter(committee=None).update(committee=committees[0])


class Migration(migrations.Migration):

    dependencies = [
        ('loans', '0007_fund_committee'),
    ]

    operations = [
        migrations.RunPython(bind_to_the_only_one, migrations.RunPython.noop),
    ]
