"""The database itself refuses to edit what is append-only."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from core import clock
from core.accounts.models import User
from core.triggers import append_only
from core.workflow.models import Change


@pytest.fixture
def change(db):
    return Change.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=1,
        transition="submit",
        source="draft",
        target="submitted",
        version=1,
        at=clock.now(),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workflow_change SET reason = 'better' WHERE id = %s",
        "DELETE FROM workflow_change WHERE id = %s",
    ],
)
def test_history_refuses_edits_by_sql(change, statement):
    with (
        pytest.raises(IntegrityError, match="workflow_change is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [change.pk])
    assert list(Change.objects.values_list("pk", "reason")) == [(change.pk, "")]


def test_history_refuses_edits_by_the_orm(change):
    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(TypeError):
        change.delete()
    with pytest.raises(TypeError):
        Change.objects.update(reason="better")
    with pytest.raises(TypeError):
        Change.objects.filter(pk=change.pk).delete()


class Editor:
    """Enough of a schema editor to run within the test's transaction, which SQLite's own refuses."""

    connection = connection

    def execute(self, statement, params=None):
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_append_only_is_reversible():
    operation, editor, state = append_only("probe"), Editor(), ProjectState()
    assert "probe" in operation.describe()
    editor.execute("CREATE TABLE probe (id integer)")
    editor.execute("INSERT INTO probe VALUES (1)")
    operation.database_forwards("core", editor, state, state)
    with pytest.raises(IntegrityError), transaction.atomic():
        editor.execute("UPDATE probe SET id = 2")
    operation.database_backwards("core", editor, state, state)
    editor.execute("UPDATE probe SET id = 2")
    editor.execute("DROP TABLE probe")
