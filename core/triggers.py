"""Rules that the database itself keeps, on SQLite and on PostgreSQL.

Put :func:`append_only` into the migration that creates a table whose rows are never edited. SQLite loses the
triggers when a later migration rebuilds the table: repeat the operation there (a contract test finds it).
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

FUNCTION = "refuse_change_of_append_only_row"


class AppendOnly(Operation):
    """Refuse every UPDATE and DELETE of ``table``; Django sees an ``IntegrityError``."""

    reversible = True
    reduces_to_sql = True
    atomic = True

    def __init__(self, table: str) -> None:
        self.table = table

    @property
    def triggers(self) -> list[str]:
        """The names of those that stay."""
        return trigger_names(self.table)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of Django's idea of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in make(self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        on_table = f' ON "{self.table}"' if schema_editor.connection.vendor == "postgresql" else ""
        for name in trigger_names(self.table):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}', params=None)

    def describe(self) -> str:
        return f"Refuse UPDATE and DELETE on {self.table}"


class NeverEdited(AppendOnly):
    """Refuse every UPDATE of ``table``. Its rows go with what they are about, when somebody is forgotten."""

    @property
    def triggers(self) -> list[str]:
        return trigger_names(self.table)[:1]

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        _update, delete = trigger_names(self.table)
        on_table = f' ON "{self.table}"' if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f'DROP TRIGGER "{delete}"{on_table}', params=None)

    def describe(self) -> str:
        return f"Refuse UPDATE on {self.table}"


class LetGo(AppendOnly):
    """From now on an append-only ``table`` gives up rows that are much older than its newest one.

    The age is measured against that row, not the clock of the database, which knows nothing of the demo's.
    """

    def __init__(self, table: str, *, column: str, days: int) -> None:
        super().__init__(table)
        self.column, self.days = column, days

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        make = _postgresql_old if schema_editor.connection.vendor == "postgresql" else _sqlite_old
        self._replace(schema_editor, make(self.table, self.column, self.days))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        self._replace(schema_editor, make(self.table))

    def describe(self) -> str:
        return f"Refuse UPDATE on {self.table}, and DELETE of the last {self.days} days"

    def _replace(self, schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        super().database_backwards("", schema_editor, None, None)
        for statement in statements:
            schema_editor.execute(statement, params=None)


def append_only(table: str) -> AppendOnly:
    """The migration operation that makes ``table`` append-only."""
    return AppendOnly(table)


def never_edited(table: str) -> NeverEdited:
    """The migration operation that lets rows of ``table`` be added and removed, and never changed."""
    return NeverEdited(table)


def let_go_of_old_rows(table: str, *, column: str, days: int) -> LetGo:
    """The migration operation that lets rows go which are ``days`` older than the newest by ``column``."""
    return LetGo(table, column=column, days=days)


def trigger_names(table: str) -> list[str]:
    return [f"{table}_refuse_{action}" for action in ("update", "delete")]


def _sqlite(table: str) -> list[str]:
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {action} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for name, action in zip(trigger_names(table), ("UPDATE", "DELETE"), strict=True)
    ]


def _postgresql(table: str) -> list[str]:
    function = (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
    )
    return [function] + [
        f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {action} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        for name, action in zip(trigger_names(table), ("UPDATE", "DELETE"), strict=True)
    ]


def _sqlite_old(table: str, column: str, days: int) -> list[str]:
    update, _delete = _sqlite(table)
    return [
        update,
        (
            f'CREATE TRIGGER "{trigger_names(table)[1]}" BEFORE DELETE ON "{table}" '  # noqa: S608 — our names
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only') WHERE OLD.\"{column}\" >= "
            f'(SELECT datetime(max("{column}"), \'-{days} days\') FROM "{table}"); END'
        ),
    ]


def _postgresql_old(table: str, column: str, days: int) -> list[str]:
    function, update, _delete = _postgresql(table)
    own = f"{FUNCTION}_of_{table}"
    return [
        function,
        update,
        (
            f"CREATE OR REPLACE FUNCTION {own}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
            f'IF OLD."{column}" >= (SELECT max("{column}") - interval \'{days} days\' FROM "{table}") THEN '
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; "
            "RETURN OLD; END $$"
        ),
        (
            f'CREATE TRIGGER "{trigger_names(table)[1]}" BEFORE DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {own}()"
        ),
    ]
