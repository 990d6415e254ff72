"""Messages stored so far are cut down to what is needed of them: they held names, addresses and card details."""

from django.db import migrations

ENVELOPE = ("id", "object", "type", "created", "livemode", "api_version")
OBJECT = (
    *("id", "object", "client_reference_id", "payment_intent", "charge", "created", "expires_at", "mode"),
    *("amount", "amount_captured", "amount_received", "amount_refunded", "amount_total", "currency"),
    *("status", "payment_status", "paid", "refunded", "disputed", "livemode", "reason"),
)


def plain(fields, names):
    return {
        name: fields[name]
        for name in names
        if name in fields and (fields[name] is None or isinstance(fields[name], str | bool | int | float))
    }


def cut_down(apps, schema_editor):
    for event in apps.get_model("payments", "StripeEvent").objects.only("payload").iterator(chunk_size=500):
        payload = event.payload if isinstance(event.payload, dict) else {}
        data = payload.get("data")
        about = data.get("object") if isinstance(data, dict) else None
        event.payload = plain(payload, ENVELOPE)
        if isinstance(about, dict):
            event.payload["data"] = {"object": plain(about, OBJECT)}
        event.save(update_fields=["payload"])


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunPython(cut_down, migrations.RunPython.noop, elidable=True)]
