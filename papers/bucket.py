"""Files in a bucket that speaks S3: private, each download by a link that ends after a minute."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from boto3.exceptions import S3UploadFailedError
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

LINK_SECONDS = 60


class BucketStorage(S3Storage):
    """Content-addressed names in a bucket: a file is there whole or not at all, as the bucket promises."""

    troubles = (OSError, BotoCoreError, ClientError, S3UploadFailedError)

    def __init__(self, **options: Any) -> None:
        patient = Config(
            connect_timeout=3,
            read_timeout=20,
            retries={"max_attempts": 2},
            signature_version="s3v4",
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
        )
        super().__init__(
            client_config=patient,
            default_acl=None,  # the bucket's own rule, which is private
            file_overwrite=True,  # the same name is the same bytes
            querystring_auth=True,
            querystring_expire=LINK_SECONDS,
            **options,
        )

    def link(self, name: str, *, disposition: str) -> str:
        """An address that hands this PDF out as a download, for a minute."""
        headers = {
            "ResponseContentDisposition": disposition,
            "ResponseContentType": "application/pdf",
            "ResponseCacheControl": "no-store",
        }
        return str(self.url(name, parameters=headers))

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """The name of each file and when it was kept."""
        inside = clean_name(self.location)
        for one in self.bucket.objects.filter(Prefix=inside):
            yield one.key.removeprefix(inside).lstrip("/"), one.last_modified
