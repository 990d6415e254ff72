from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loans", "0002_fund_year_source")]

    operations = [
        migrations.AddField(
            model_name="loanapplication",
            name="correct_by",
            field=models.DateTimeField(
                editable=False,
                help_text="Empty while returned: returned before corrections had a deadline, so none was given.",
                null=True,
                verbose_name="corrections are due",
            ),
        ),
    ]
