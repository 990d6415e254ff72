"""What Django's flush after a transactional test lacks: what the migrations wrote is there again.

``serialized_rollback`` would do it but for Wagtail, whose tasks make content types while they are being loaded.
"""

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

_flush = BaseDatabaseOperations.execute_sql_flush


def snapshot():
    """The rows of every table after the migrations: {table: (columns, rows)}."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 — our own names
            rows = cursor.fetchall()
            if rows and table != "django_migrations":
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def flush_to(rows_by_table):
    """A replacement for ``execute_sql_flush`` that empties all tables and puts the rows back."""

    def execute_sql_flush(self, statements):
        with transaction.atomic(), self.connection.cursor() as cursor:
            triggers = _drop_triggers(cursor) if self.connection.vendor == "sqlite" else []
            _flush(self, statements)
            for table, (columns, rows) in rows_by_table.items():
                names = ", ".join(f'"{column}"' for column in columns)
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
            for trigger in triggers:
                cursor.execute(trigger)

    return execute_sql_flush


def _drop_triggers(cursor):
    """SQLite has only DELETE to empty a table, which the triggers of append-only tables refuse."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in triggers]
