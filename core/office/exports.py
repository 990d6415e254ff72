"""Lists as files: nothing in them may run, and taking them out of the house is noted."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.accounts.models import User
from core.privacy.requests import address_of
from core.privacy.services import record_access

HTTP_OK = 200
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CarefulExport:
    """For Wagtail's lists and reports: in CSV, what people typed is never a formula to a spreadsheet.

    (In XLSX Wagtail itself writes text as text.) Every export is kept in the access log.
    """

    FORMAT_CSV: str
    is_export = False

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        if (
            export_format != self.FORMAT_CSV
            or value is None
            or isinstance(value, int | float | Decimal | date)
        ):
            return value
        text = str(value)
        return f"'{text}" if text.startswith(FORMULA) else text

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if self.is_export and response.status_code == HTTP_OK and isinstance(request.user, User):
            record_access(
                by=request.user,
                action="export",
                owner=None,
                obj=request.user,
                reason=self.what_is_exported(),
                ip=address_of(request),
            )
        return response

    def what_is_exported(self) -> str:
        return str(self.model._meta.verbose_name_plural)  # type: ignore[attr-defined]  # noqa: SLF001
