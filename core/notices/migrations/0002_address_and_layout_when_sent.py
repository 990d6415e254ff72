"""The address of a mail, where it is not the recipient's own; and its layout is made when it is sent."""

from django.db import migrations, models
from django.utils.html import linebreaks


def lay_out_again(apps, schema_editor):
    """Going back: the earlier code sends what it finds laid out."""
    notices = apps.get_model("notices", "Notice").objects.using(schema_editor.connection.alias)
    for notice in notices.exclude(state="sent").iterator():
        notice.body_html = linebreaks(notice.body_text, autoescape=True)
        notice.save(update_fields=["body_html"])


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="address",
            field=models.EmailField(
                blank=True,
                help_text="Empty: the address of the recipient when it is sent.",
                max_length=254,
                verbose_name="sent to",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="body_html",
            field=models.TextField(default="", verbose_name="formatted text"),
        ),
        migrations.RunPython(migrations.RunPython.noop, lay_out_again),
        migrations.RemoveField(
            model_name="notice",
            name="body_html",
        ),
    ]
