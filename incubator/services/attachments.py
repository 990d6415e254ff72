"""The documents of an application, while it can be edited."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.documents.models import Document
from core.documents.queries import documents_of
from core.documents.services import remove_document, store_document
from core.drafts.saving import count_save
from incubator.models import Application
from incubator.services.access import require
from incubator.services.applications import lock_editable

MOST_PER_KIND = 5


@transaction.atomic
def attach_document(
    *,
    by: User,
    application: Application,
    kind: str,
    upload: "UploadedFile[Any]",
    replaces: Document | None = None,
) -> Document:
    """Keep a file under ``kind``. Raises ``ValidationError`` with the reason when it is not accepted."""
    require(by, "incubator.edit_application", application)
    row = lock_editable(by, application)
    if kind not in document_kinds(row):
        raise ValidationError(_("This call does not ask for this document."))
    there = documents_of(row).filter(kind=kind).count() - (1 if replaces else 0)
    if there >= MOST_PER_KIND:
        raise ValidationError(_("At most %(most)s files fit here.") % {"most": MOST_PER_KIND})
    document = store_document(by=by, owner=row, kind=kind, upload=upload)
    if replaces is not None:
        _take_out(by, row, replaces)
    count_save(row, "documents", by=by)
    return document


@transaction.atomic
def detach_document(*, by: User, application: Application, document: Document) -> None:
    """Take a file out. One that was already handed in stays with the version it belongs to."""
    row = lock_editable(by, application)
    _take_out(by, row, document)
    count_save(row, "documents", by=by)


def document_kinds(application: Application) -> dict[str, str]:
    """What may be uploaded: kind → name."""
    required = {document.kind: document.name for document in application.call.required_documents.all()}
    return required | {rule.kind: rule.name for rule in application.call.bonus_rules.all()}


def _take_out(by: User, application: Application, document: Document) -> None:
    if not documents_of(application).filter(pk=document.pk).exists():
        return
    for version in application.versions.all():
        if any(row["key"] == str(document.key) for row in version.content["documents"]):
            document.owner = version
            document.save(update_fields=["content_type_of_owner", "owner_id"])
            return
    remove_document(by=by, document=document)
