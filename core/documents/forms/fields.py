from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents.uploads import check_upload, limits_for


class DocumentField(forms.FileField):
    """A file that :func:`core.documents.services.store_document` will accept; its errors join the form's."""

    def __init__(self, *, kind: str, **options: Any) -> None:
        self.kind = kind
        limits = limits_for(kind)
        self.max_bytes = limits.max_bytes
        options.setdefault(
            "help_text", _("If a resident registration number is visible, cover it before uploading.")
        )
        accept = ",".join(f".{name}" for name in sorted(limits.extensions))
        options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(max_length=None, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            check_upload(upload, self.kind)
        return upload
