"""Fixtures that every room shares."""

import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    """Each test has its own mail, media and private files, and quick password hashes."""
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # else every new client reads all static files
    # a cache of its own: limits on logins count per test, and parallel workers share one Redis
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the table of the lifecycle that only tests have.

    A transactional test (``django_db(transaction=True)``) leaves it as the migrations made it.
    """
    from django.contrib.contenttypes.models import ContentType

    from tests.core.parcels import Parcel
    from tests.flush import flush_to, snapshot

    with django_db_blocker.unblock():
        if Parcel._meta.db_table not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(Parcel)
            ContentType.objects.get_for_model(Parcel)  # lasts longer than a test, as its cache does
        rows = snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_to(rows))
        yield
