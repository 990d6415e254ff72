"""Pictures on public pages are shown without a bucket too, and nothing else of the media folder is."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def media(settings):
    folder = Path(settings.MEDIA_ROOT)
    for name in ("images/a.width-20.png", "original_images/a.png", "documents/a.pdf"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(PNG)


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
def test_a_picture_of_a_page_is_shown(client):
    response = client.get(default_storage.url("images/a.width-20.png"))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert b"".join(response.streaming_content) == PNG


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("path", ["original_images/a.png", "documents/a.pdf"])
def test_nothing_else_of_the_folder_is(client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    "name",
    [
        "../documents/a.pdf",
        "../../db.sqlite3",
        "%2e%2e%2fdb.sqlite3",
        "a%00.png",
        "a/" * 3000,
        "a" * 300,
        "",
        "..",
    ],
)
def test_a_way_out_of_it_leads_nowhere_and_the_log_names_no_path(client, caplog, settings, name):
    assert client.get(f"/media/images/{name}").status_code == 404
    assert not [record for record in caplog.records if record.exc_info]
    assert str(settings.MEDIA_ROOT) not in caplog.text
