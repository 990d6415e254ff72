from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loans", "0003_loanapplication_correct_by")]

    operations = [
        migrations.AlterField(
            model_name="loanapplication",
            name="correct_by",
            field=models.DateTimeField(
                editable=False,
                help_text="Until when the applicant may hand in the corrections; empty: no deadline was given.",
                null=True,
                verbose_name="corrections are due",
            ),
        ),
    ]
