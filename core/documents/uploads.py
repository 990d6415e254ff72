"""What may be uploaded: the checks that a form and a service share."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from core.documents.filetypes import ALLOWED, FileType, check_content

MAX_NAME = 200


@dataclass(frozen=True)
class Limits:
    """What one kind of document accepts."""

    max_bytes: int
    extensions: frozenset[str]


_limits: dict[str, Limits] = {}


def limit_kind(kind: str, *, max_bytes: int | None = None, extensions: frozenset[str] | None = None) -> None:
    """Accept less for one kind of document than for the rest."""
    _limits[kind] = Limits(max_bytes or settings.DOCUMENT_MAX_BYTES, extensions or frozenset(ALLOWED))


def limits_for(kind: str) -> Limits:
    return _limits.get(kind) or Limits(settings.DOCUMENT_MAX_BYTES, frozenset(ALLOWED))


def clean_name(name: str) -> str:
    """The file's name without path or control characters, composed as Korean is written, and short enough.

    macOS sends 한글 as separate letters; they are put together here.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(char for char in base if unicodedata.category(char)[0] != "C").strip(" .")
    suffix = PurePosixPath(base).suffix[:12]
    return f"{base.removesuffix(suffix)[: MAX_NAME - len(suffix)]}{suffix}"


def check_upload(upload: "UploadedFile[Any]", kind: str) -> FileType:
    """The true type of ``upload``. Raises ``ValidationError`` that tells what is wrong and how to mend it."""
    limits = limits_for(kind)
    if upload.file is None or not upload.size:
        raise ValidationError(_("This file is empty. Please check it and upload it again."), code="empty")
    if upload.size > limits.max_bytes:
        raise ValidationError(
            _("This file has %(size)s; at most %(limit)s can be uploaded."),
            code="size",
            params={"size": filesizeformat(upload.size), "limit": filesizeformat(limits.max_bytes)},
        )
    extension = PurePosixPath(clean_name(upload.name or "")).suffix.lower().removeprefix(".")
    return check_content(upload.file, extension, limits.extensions)
