"""The production size keeps its files in a bucket: the same doors lead to them, over real HTTP."""

import gc
import io
import socket
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from urllib.request import urlopen

import boto3
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from PIL import Image as Picture
from pydantic import SecretStr
from wagtail.documents.models import Document as PublicDocument
from wagtail.images.models import Image

from config.env import Env
from config.storage import file_storages
from core import clock
from core.documents.models import Document
from core.documents.services import remove_document, store_document
from core.documents.services.store import sweep_orphans
from core.security import ContentSecurityMiddleware
from tests.core.accounts.factories import UserFactory
from tests.core.documents.files import CONTENT, upload

pytestmark = [pytest.mark.services, pytest.mark.django_db]
NAME, REGION, KEY = "files", "ap-northeast-2", "used-for-this-run-only"


def free_port():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answers(address):
    try:
        with urlopen(address, timeout=1):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def server():
    """A server that speaks S3."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not answers(address):
            assert process.poll() is None, "the server of the bucket ended at once"
            assert time.monotonic() < deadline, "the server of the bucket never answered"
            time.sleep(0.2)
        yield address
        process.terminate()


@pytest.fixture
def bucket(server, settings):
    """The bucket's keys, with the platform set up to use it as production is."""
    s3 = boto3.resource(
        "s3", endpoint_url=server, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=KEY
    )
    made = s3.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION})
    env = Env.model_construct(
        s3_bucket=NAME,
        s3_endpoint_url=server,
        s3_region=REGION,
        s3_access_key_id=KEY,
        s3_secret_access_key=SecretStr(KEY),
    )
    settings.STORAGES = {
        **django_settings.STORAGES,
        **file_storages(env, private_root=django_settings.PRIVATE_ROOT),
    }
    yield lambda: sorted(found.key for found in made.objects.all())
    made.objects.delete()
    made.delete()


@pytest.fixture
def document(bucket, parcel):
    content = upload("사업계획서.pdf", CONTENT["pdf"])
    return store_document(by=parcel.sender, owner=parcel, kind="plan", upload=content)


def test_a_private_file_is_read_through_its_door_only(client, bucket, document, server):
    assert bucket() == [f"private/{document.stored_as}"]
    client.force_login(document.uploaded_by)
    url = document.get_absolute_url()
    assert b"".join(client.get(url).streaming_content) == CONTENT["pdf"]
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_a_removed_file_leaves_the_bucket(bucket, document, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(by=document.uploaded_by, document=document)
    assert bucket() == []
    assert not Document.objects.exists()


def test_a_file_that_is_gone_is_not_there(client, document, bucket):
    document.stored_as = "2026/01/01/gone"
    document.save()
    client.force_login(document.uploaded_by)
    assert client.get(document.get_absolute_url()).status_code == 404


def test_files_of_a_transaction_that_was_rolled_back_are_swept(bucket, document, time_machine):
    kept = bucket()
    other = store_document(
        by=document.uploaded_by, owner=document.owner, kind="plan", upload=upload("b.pdf", CONTENT["pdf"])
    )
    Document.objects.filter(pk=other.pk).delete()  # as if its transaction had been rolled back
    assert sweep_orphans(today=clock.today()) == 0, "today's may still be on their way"
    time_machine.move_to(clock.now() + timedelta(days=1))
    assert sweep_orphans(today=clock.today()) == 1
    assert bucket() == kept


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Wagtail leaves a file open
def test_a_picture_comes_from_the_bucket_and_pages_may_show_it(bucket, server, rf):
    content = io.BytesIO()
    Picture.new("RGB", (40, 30)).save(content, "PNG")
    picture = Image.objects.create(title="전경", file=SimpleUploadedFile("a.png", content.getvalue()))
    address = picture.get_rendition("width-20").url
    assert address.startswith(f"{server}/{NAME}/media/images/")
    with urlopen(address, timeout=10) as answer:
        assert Picture.open(io.BytesIO(answer.read())).size == (20, 15)
    page = ContentSecurityMiddleware(lambda _request: HttpResponse())(rf.get("/"))
    assert "img-src 'self' data: https:" in page.headers["Content-Security-Policy"]
    gc.collect()


def test_a_public_document_is_served_by_the_platform(client, bucket):
    document = PublicDocument.objects.create(
        title="공고문", file=SimpleUploadedFile("notice.pdf", CONTENT["pdf"])
    )
    answer = client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == CONTENT["pdf"]
