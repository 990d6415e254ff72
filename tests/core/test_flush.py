"""After a transactional test the database is as the migrations made it."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from core.accounts.models import User
from core.accounts.roles import Role


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_transactional_test_finds_the_roles_and_nobody(time):
    assert Group.objects.count() == len(Role)
    assert not User.objects.exists()
    User.objects.create_user(email="somebody@example.com", name=time)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            assert cursor.fetchone()[0] > 0
