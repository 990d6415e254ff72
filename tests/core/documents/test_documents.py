import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.documents.queries import documents_of
from core.documents.services import remove_document, store, store_document
from core.documents.tasks import sweep_files
from core.errors import NotAllowed
from core.privacy.models import AccessLog
from tests.core.accounts.factories import UserFactory
from tests.core.documents.files import CONTENT, PROGRAM, upload
from tests.core.parcels import Parcel

pytestmark = pytest.mark.django_db


def files():
    root = Path(storages["private"].location)
    return [path for path in root.rglob("*") if path.is_file()]


def content_of(document):
    with document.open() as file:
        return file.read()


def stored(parcel, name="사업계획서.pdf", kind="plan"):
    content = CONTENT[name.rsplit(".", 1)[-1]]
    return store_document(by=parcel.sender, owner=parcel, kind=kind, upload=upload(name, content))


def test_a_document_is_kept_under_a_name_that_says_nothing(parcel):
    document = stored(parcel)
    assert document.sha256 == hashlib.sha256(CONTENT["pdf"]).hexdigest()
    assert (document.original_name, document.size) == ("사업계획서.pdf", len(CONTENT["pdf"]))
    assert document.content_type == "application/pdf"
    assert content_of(document) == CONTENT["pdf"]
    assert "계획" not in document.stored_as
    assert str(files()[0]).endswith(document.stored_as)


def test_only_who_may_change_the_owner_adds_and_removes(parcel, django_capture_on_commit_callbacks):
    document = stored(parcel)
    for person in (UserFactory(), UserFactory(name="reader")):
        with pytest.raises(NotAllowed):
            store_document(by=person, owner=parcel, kind="plan", upload=upload("a.pdf", CONTENT["pdf"]))
        with pytest.raises(NotAllowed):
            remove_document(by=person, document=document)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(by=parcel.sender, document=document)
    remove_document(by=parcel.sender, document=document)
    assert files() == []
    assert not Document.objects.exists()


def test_nobody_may_touch_the_documents_of_an_owner_that_is_not_registered(parcel):
    with pytest.raises(NotAllowed):
        store_document(
            by=parcel.sender, owner=parcel.sender, kind="x", upload=upload("a.pdf", CONTENT["pdf"])
        )


def test_a_refused_file_leaves_nothing(parcel):
    with pytest.raises(ValidationError):
        store_document(by=parcel.sender, owner=parcel, kind="plan", upload=upload("a.pdf", PROGRAM))
    assert files() == []


def test_a_row_that_fails_takes_its_file_with_it(parcel, monkeypatch):
    monkeypatch.setattr(store, "_sha256", lambda file: "x" * 10_000 / 0)
    with pytest.raises(TypeError):
        stored(parcel)
    assert files() == []


def test_a_file_whose_transaction_was_rolled_back_is_swept_up(parcel, monkeypatch):
    kept = stored(parcel)
    with transaction.atomic():
        stored(parcel)
        transaction.set_rollback(True)
    assert len(files()) == 2
    assert sweep_files() == 0  # a transaction of today may still be under way
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert sweep_files() == 1
    assert [str(path).endswith(kept.stored_as) for path in files()] == [True]


def test_a_removal_that_is_rolled_back_keeps_the_file(parcel, django_capture_on_commit_callbacks):
    document = stored(parcel)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        remove_document(by=parcel.sender, document=document)
        transaction.set_rollback(True)
    assert content_of(Document.objects.get()) == CONTENT["pdf"]


def test_the_download_says_what_it_is_and_is_logged(parcel, client):
    document = stored(parcel, "용산 굿파트너 3기 사업계획서(최종).hwp")
    reader = UserFactory(name="reader")
    client.force_login(reader)
    response = client.get(reverse("document_download", args=[document.key]), REMOTE_ADDR="192.0.2.7")
    assert b"".join(response.streaming_content) == CONTENT["hwp"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%EC%9A%A9%EC%82%B0")
    assert response["Content-Type"] == "application/x-hwp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    entry = AccessLog.objects.get()
    assert (entry.by, entry.owner, entry.action, entry.ip) == (reader, parcel.sender, "download", "192.0.2.7")


def test_out_of_scope_it_does_not_exist(parcel, client):
    document = stored(parcel)
    url = reverse("document_download", args=[document.key])
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assert client.get(reverse("document_download", args=[uuid4()])).status_code == 404
    Parcel.objects.all().delete()
    client.force_login(parcel.sender)
    assert client.get(url).status_code == 404
    assert not AccessLog.objects.exists()


def test_a_lost_file_is_not_found(parcel, client):
    document = stored(parcel)
    files()[0].unlink()
    client.force_login(parcel.sender)
    assert client.get(document.get_absolute_url()).status_code == 404


def test_no_media_address_leads_to_it(parcel, client, settings):
    document = stored(parcel)
    client.force_login(parcel.sender)
    for base in (settings.MEDIA_URL, "/files/", "/documents/", "/private/", "/static/"):
        assert client.get(f"{base}{document.stored_as}", follow=True).status_code == 404
        assert client.get(f"{base}../private/{document.stored_as}", follow=True).status_code == 404
    assert client.get(storages["private"].url(document.stored_as), follow=True).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_documents_of_an_owner_are_one_query(parcel, count, django_assert_num_queries):
    for _number in range(count):
        stored(parcel)
    documents_of(parcel).first()  # the content type is cached from here on
    with django_assert_num_queries(1):
        assert (
            len(
                [
                    (document.uploaded_by.name, document.get_absolute_url())
                    for document in documents_of(parcel)
                ]
            )
            == count
        )
