"""What editors upload is published, so it is judged by its content, in each of Wagtail's doors."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from core.accounts.roles import Role
from tests.core.documents.files import CONTENT, PROGRAM, WORD_97
from tests.loans.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=Role.EDITOR))
    return client


def add_one(client, file):
    client.post(reverse("wagtaildocs:add"), {"title": "공고문", "file": file})


def add_several(client, file):
    answer = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "공고문", "files[]": file},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.status_code == 200


def add_while_choosing(client, file):
    client.post(
        reverse("wagtaildocs_chooser:create"),
        {"document-chooser-upload-title": "공고문", "document-chooser-upload-file": file},
    )


def replace(client, file):
    document = Document.objects.create(
        title="공고문", file=SimpleUploadedFile("old.pdf", CONTENT["pdf"]), uploaded_by_user=None
    )
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "공고문", "file": file})


DOORS = [add_one, add_several, add_while_choosing, replace]


def published():
    contents = set()
    for document in Document.objects.all():
        with document.file.open() as file:
            contents.add(file.read())
    return contents - {CONTENT["pdf"]}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PROGRAM), ("a.hwp", WORD_97), ("a.zip", b"PK\x03\x04 broken"), ("a.exe", PROGRAM)],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(editor, door, name, content):
    door(editor, SimpleUploadedFile(name, content, "application/pdf"))
    assert not published()


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_is_too_large_is_refused(editor, settings, door):
    settings.DOCUMENT_MAX_BYTES = 10
    door(editor, SimpleUploadedFile("a.png", CONTENT["png"], "image/png"))
    assert not published()


@pytest.mark.parametrize("door", DOORS)
def test_a_true_file_is_published(editor, client, door):
    door(editor, SimpleUploadedFile("a.hwpx", CONTENT["hwpx"]))
    assert published() == {CONTENT["hwpx"]}


def test_the_details_of_a_document_change_without_a_file(editor):
    add_one(editor, SimpleUploadedFile("a.pdf", CONTENT["pdf"]))
    document = Document.objects.get()
    editor.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "새 제목"})
    document.refresh_from_db()
    assert document.title == "새 제목"


# ── pictures ────────────────────────────────────────────────────────────────
def picture(kind="PNG", size=(4, 4)):
    buffer = io.BytesIO()
    Picture.new("1", size).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", PROGRAM),
        ("a.jpg", picture("PNG")),
        ("a.gif", picture("GIF")),
        ("a.png", picture(size=(8000, 8000))),
    ],
    ids=["a program", "another kind", "a kind that is not allowed", "too many pixels"],
)
def test_pictures_are_judged_too(editor, name, content):
    file = SimpleUploadedFile(name, content, "image/png")
    editor.post(reverse("wagtailimages:add"), {"title": "사진", "file": file})
    assert not Image.objects.exists()


def test_a_true_picture_is_kept(editor):
    file = SimpleUploadedFile("a.png", picture(), "image/png")
    editor.post(reverse("wagtailimages:add"), {"title": "사진", "file": file})
    assert Image.objects.exists()
