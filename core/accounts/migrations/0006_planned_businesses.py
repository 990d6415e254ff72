"""A business may be planned: it has no registration number then."""

from django.db import migrations, models

import core.accounts.numbers


def number_the_planned(apps, schema_editor):
    """Going back, what is planned needs something in the place of its number; no real number has a letter."""
    Business = apps.get_model("accounts", "Business")
    for business in Business.objects.filter(registration_number=None):
        business.registration_number = f"P{business.pk:011}"
        business.save(update_fields=["registration_number"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_consent_purposes")]

    operations = [
        migrations.AlterField(
            model_name="business",
            name="registration_number",
            field=models.CharField(
                blank=True,
                error_messages={
                    "unique": "This business is already registered. Ask its owner to invite you."
                },
                max_length=12,
                null=True,
                unique=True,
                validators=[core.accounts.numbers.validate_business_number],
                verbose_name="business registration number",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, number_the_planned),
    ]
