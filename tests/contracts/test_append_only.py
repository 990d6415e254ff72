"""Every table that a migration made append-only still is, after all migrations."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.triggers import AppendOnly, trigger_names


def append_only_tables():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return {
        operation.table
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    }


def test_the_history_and_the_ledger_are_among_them():
    assert {"workflow_change", "loans_ledgerentry"} <= append_only_tables()


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
    expected = {name for table in append_only_tables() for name in trigger_names(table)}
    assert sorted(expected - present) == []
