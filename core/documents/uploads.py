"""What may be uploaded: the checks that a form and a service share."""

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from core.documents.filetypes import FileType, check_content

MAX_NAME = 200


def clean_name(name: str) -> str:
    """The file's name without path or control characters, composed as Korean is written, and short enough.

    macOS sends 한글 as separate letters; they are put together here.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(char for char in base if unicodedata.category(char)[0] != "C").strip(" .")
    suffix = PurePosixPath(base).suffix[:12]
    return f"{base.removesuffix(suffix)[: MAX_NAME - len(suffix)]}{suffix}"


def check_upload(upload: "UploadedFile[Any]") -> FileType:
    """The true type of ``upload``. Raises ``ValidationError`` that tells what is wrong and how to mend it."""
    limit = settings.DOCUMENT_MAX_BYTES
    if upload.file is None or not upload.size:
        raise ValidationError(_("This file is empty. Please check it and upload it again."), code="empty")
    if upload.size > limit:
        raise ValidationError(
            _("This file has %(size)s; at most %(limit)s can be uploaded."),
            code="size",
            params={"size": filesizeformat(upload.size), "limit": filesizeformat(limit)},
        )
    extension = PurePosixPath(clean_name(upload.name or "")).suffix.lower().removeprefix(".")
    return check_content(upload.file, extension)
