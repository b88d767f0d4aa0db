"""The same files in a bucket, over HTTP: kept, read back, checked, handed out by a link that ends, swept."""

import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from moto.server import ThreadedMotoServer

from accounts.models import User
from audit.invariants import broken
from config import env
from papers import sweeping
from papers.models import CheckedFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """A server that speaks S3, and its address."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["s3://papers", "s3://papers/of/mila"])
def bucket(
    request: pytest.FixtureRequest, service: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The product keeps its files there, as FILES_URL says."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("FILES_URL", f"{request.param}?region=ca-central-1&endpoint={service}")
    urllib.request.urlopen(
        urllib.request.Request(f"{service}/moto-api/reset", method="POST")
    ).close()
    client = boto3.client(
        "s3",
        endpoint_url=service,
        region_name="ca-central-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    client.create_bucket(
        Bucket="papers", CreateBucketConfiguration={"LocationConstraint": "ca-central-1"}
    )
    settings.STORAGES = {**settings.STORAGES, "default": env.files("FILES_URL")}
    yield client
    client.close()
    default_storage.connection.meta.client.close()


def test_a_file_lives_its_whole_life_there(bucket: Any, client: Client, amina: User) -> None:
    content = factories.pdf(3)
    document = factories.attach(factories.draft(amina, factories.cycle()), "cv", content)
    keys = [one["Key"] for one in bucket.list_objects_v2(Bucket="papers")["Contents"]]
    assert any(key.endswith(str(document.file)) for key in keys)
    with default_storage.open(str(document.file)) as kept:
        assert kept.read() == content
    assert factories.check() > 0
    assert set(CheckedFile.objects.values_list("state", flat=True)) == {"clean"}
    assert broken() == []
    assert sweeping.sweep(before=timezone.now() + timedelta(days=1)) == 0
    client.force_login(amina)
    answer = client.get(f"/documents/{document.pk}/")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    with urllib.request.urlopen(answer["Location"]) as got:
        assert got.read() == content
        assert got.headers["Content-Type"] == "application/pdf"
        assert got.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'


def test_a_link_is_signed_and_ends_after_a_minute(bucket: Any, amina: User) -> None:
    storage: Any = default_storage
    address = urlsplit(storage.link("documents/aa/x.pdf", disposition="attachment"))
    said = parse_qs(address.query)
    assert said["X-Amz-Expires"] == ["60"]
    assert said["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert "secret" not in address.query


def test_a_lost_file_is_seen_there_too(bucket: Any, amina: User) -> None:
    document = factories.attach(factories.draft(amina, factories.cycle(), complete=False))
    default_storage.delete(str(document.file))
    assert "the file is not there" in broken()[0]
    factories.check()
    assert CheckedFile.objects.get().state == "waiting"


def test_what_nobody_names_is_swept_there_too(bucket: Any) -> None:
    sha = hashlib.sha256(b"x").hexdigest()
    bucket.put_object(Bucket="papers", Key=f"of/mila/documents/aa/{sha}.pdf", Body=b"x")
    assert sweeping.sweep() == 0
    assert sweeping.sweep(before=timezone.now() + timedelta(days=1)) == 1
    assert "Contents" not in bucket.list_objects_v2(Bucket="papers")


def test_without_a_bucket_files_are_on_our_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FILES_URL", raising=False)
    assert env.files("FILES_URL") == {"BACKEND": "papers.storage.AtomicStorage"}


@pytest.mark.parametrize("url", ["papers", "s3://", "ftp://papers", "s3://papers?acl=public-read"])
def test_a_bucket_that_makes_no_sense_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILES_URL", url)
    with pytest.raises(ImproperlyConfigured, match="s3://bucket"):
        env.files("FILES_URL")
