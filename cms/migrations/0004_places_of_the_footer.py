"""The addresses that stood in the footer's template become data, for staff to change."""

from django.db import migrations, models

PLACES = "용산구 창업지원센터: 서울특별시 용산구 청파로 77\n용산 청년창업지원센터: 서울특별시 용산구 서빙고로 17"
LOAN_DESK = "서울특별시 용산구 녹사평대로 150"


def fill(apps, schema_editor):
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    if site is None:
        return
    contact, _ = apps.get_model("cms", "ContactSettings").objects.get_or_create(site_id=site.pk)
    contact.places = contact.places or PLACES
    contact.loan_desk_address = contact.loan_desk_address or LOAN_DESK
    contact.save()


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_editors_and_moderation")]

    operations = [
        migrations.AddField(
            model_name="contactsettings",
            name="places",
            field=models.TextField(
                blank=True,
                help_text="Shown in the footer, one per line: name, colon, address.",
                verbose_name="places",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
