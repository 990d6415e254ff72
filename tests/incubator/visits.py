"""What the tests of pages ask for and send."""

from django.urls import reverse
from django.utils import timezone


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


def posted(row, fields, **changes):
    """What the form of ``row`` posts when nothing but ``changes`` is typed."""
    data = {}
    for name in fields:
        field = row._meta.get_field(name)
        value = changes.get(name, field.value_from_object(row))
        if value is not None and value is not False:
            data[name] = (
                timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S") if hasattr(value, "hour") else value
            )
    return data | {name: value for name, value in changes.items() if name not in data}
