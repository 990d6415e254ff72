"""Every table that a migration made append-only still is, after all migrations."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.triggers import AppendOnly


def operations():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return [
        operation
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    ]


def test_the_history_and_the_ledger_are_among_them():
    assert {"workflow_change", "loans_ledgerentry"} <= {operation.table for operation in operations()}


@pytest.mark.django_db
def test_their_triggers_are_there():
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    expected = {name for operation in operations() for name in operation.triggers}
    assert sorted(expected - present) == []
