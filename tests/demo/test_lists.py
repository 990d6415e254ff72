"""Every list of the office has something to show in the demo, and asks as often for a page as for two rows."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.views.generic.base import BaseListingView

from core.accounts.models import User
from tests.contracts.urls import our_urls

pytestmark = pytest.mark.django_db
LIMIT = 15
TWO = 2
ABOUT_THE_PERSON = ("django_session", "auth_", "wagtailusers_", "SAVEPOINT")


def asked(client, url):
    """How often the list asks, and how many rows it shows; who is signed in is counted apart."""
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    sql = [query["sql"] for query in queries.captured_queries]
    about_the_list = [text for text in sql if not any(name in text for name in ABOUT_THE_PERSON)]
    return len(about_the_list), len(response.context["object_list"])


def test_every_list_is_filled_and_asks_as_often_for_many_rows(client, capsys, monkeypatch):
    call_command("load_demo", scale=30)
    client.force_login(User.objects.get(email="admin@demo.example"))
    wrong = {}
    for name in (name for name in our_urls() if name.endswith(":index")):
        url = reverse(name)
        client.get(url)  # fills what is kept between requests
        many, rows = asked(client, url)
        with monkeypatch.context() as patch:
            patch.setattr(BaseListingView, "get_paginate_by", lambda view, rows: TWO)
            few, _ = asked(client, url)
        if not rows:
            wrong[name] = "empty in the demo"
        elif many > few or many > LIMIT:
            wrong[name] = f"{few} queries for {TWO} rows, {many} for {rows}"
    assert not wrong
