"""Where files lie: on the disk of this machine, or in a bucket."""

from pathlib import Path
from typing import Any

from config.env import Env

LOCAL = "django.core.files.storage.FileSystemStorage"
BUCKET = "storages.backends.s3.S3Storage"


def file_storages(env: Env, *, private_root: Path) -> dict[str, Any]:
    """What Django's ``STORAGES`` says of files.

    No URL leads to a private one: only ``core.documents`` reads that storage, after asking who may.
    """
    if not env.s3_bucket:
        private = {"BACKEND": LOCAL, "OPTIONS": {"location": private_root, "base_url": None}}
        return {"default": {"BACKEND": LOCAL}, "private": private}
    options = {
        "bucket_name": env.s3_bucket,
        "endpoint_url": env.s3_endpoint_url or None,
        "region_name": env.s3_region or None,
        "access_key": env.s3_access_key_id or None,
        "secret_key": env.s3_secret_access_key.get_secret_value() or None,
        "file_overwrite": False,
    }
    return {
        "default": {"BACKEND": BUCKET, "OPTIONS": {**options, "location": "media"}},
        "private": {
            "BACKEND": BUCKET,
            "OPTIONS": {**options, "location": "private", "default_acl": "private"},
        },
    }
