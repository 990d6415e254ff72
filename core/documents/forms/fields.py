from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from core.documents.uploads import Limits, check_upload, limits_for


def _help_text(limits: Limits) -> str:
    """What may be uploaded, and what must be covered first, in the reader's language."""
    accepted = _("%(types)s, up to %(size)s.") % {
        "types": ", ".join(sorted(limits.extensions)),
        "size": filesizeformat(limits.max_bytes),
    }
    return f"{accepted} {_('If a resident registration number is visible, cover it before uploading.')}"


help_text = lazy(_help_text, str)


class DocumentField(forms.FileField):
    """A file that :func:`core.documents.services.store_document` will accept; its errors join the form's."""

    def __init__(self, *, kind: str, **options: Any) -> None:
        self.kind = kind
        limits = limits_for(kind)
        options.setdefault("help_text", help_text(limits))
        accept = ",".join(f".{name}" for name in sorted(limits.extensions))
        options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(max_length=None, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            check_upload(upload, self.kind)
        return upload
