from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.documents.filetypes import ALLOWED
from core.documents.uploads import check_upload


class DocumentField(forms.FileField):
    """A file that :func:`core.documents.services.store_document` will accept; its errors join the form's."""

    def __init__(self, **options: Any) -> None:
        self.max_bytes = settings.DOCUMENT_MAX_BYTES
        options.setdefault(
            "help_text", _("If a resident registration number is visible, cover it before uploading.")
        )
        accept = ",".join(f".{name}" for name in sorted(ALLOWED))
        options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(max_length=None, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            check_upload(upload)
        return upload
