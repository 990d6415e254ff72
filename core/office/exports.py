"""Lists as files: nobody takes one out of the house without saying why, and nothing in it may run."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from core.privacy.models import AccessLog
from core.privacy.requests import address_of
from core.privacy.services import record_access

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHORTEST_REASON, LONGEST_REASON = 5, 200
LONGEST_KEPT = AccessLog._meta.get_field("reason").max_length or 0  # noqa: SLF001
LEAST_OF_A_REASON = 40
NO_CONDITION = ("export", "p", "ordering", "_w_filter_fragment")
"""What stands in a list's address without narrowing the list."""
READING = ["get", "head", "options"]


class ExportForm(forms.Form):
    """In which format, and why: the law wants the reason of every download of personal data."""

    export = forms.ChoiceField(
        label=gettext_lazy("File format"),
        choices=[("xlsx", gettext_lazy("Excel (XLSX)")), ("csv", "CSV")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the download"),
        help_text=gettext_lazy("For example: figures for the monthly report. At least 5 characters."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _reason_and_list(reason: str, described: str) -> str:
    """What is kept of a download. Too long, the reason is cut: the filters say whose data left."""
    room = LONGEST_KEPT - len(f" — {described}")
    if len(reason) > room:
        reason = f"{reason[: max(room, LEAST_OF_A_REASON) - 1]}…"
    return f"{reason} — {described}"


class CarefulExport:
    """For Wagtail's lists and reports. Wagtail's link to a file leads to a form that asks for the reason; its
    POST, which leaves the reason in no address, gives the file and is kept in the access log.

    In CSV, what people typed is never a formula to a spreadsheet. (In XLSX Wagtail writes text as text.)
    """

    FORMAT_CSV: str
    request: HttpRequest
    is_export = False
    export_form: ExportForm

    @classmethod
    def as_view(cls, **options: Any) -> Any:
        """The view. Where there is no file to take, it takes no POST."""
        exports = options.get("list_export", cls.list_export)  # type: ignore[attr-defined]
        if not exports or options.get("results_only"):
            options.setdefault("http_method_names", READING)
        return super().as_view(**options)  # type: ignore[misc]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.is_export = False  # Wagtail would give the file for the link alone

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._can_be_exported and not self.is_export and request.GET.get("export"):
            return self._ask(ExportForm(initial={"export": request.GET["export"]}))
        response: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.export_form = ExportForm(request.POST)
        if not self.export_form.is_valid():
            return self._ask(self.export_form, status=422)
        self.is_export = True
        return self.get(request, *args, **kwargs)

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str | None) -> HttpResponse:
        """The file. It is noted before it is given."""
        asked = self.export_form.cleaned_data
        rows = len(queryset)  # from here on the rows are these, however the file is written
        record_access(
            by=self.request.user,  # type: ignore[arg-type]
            action="export",
            owner=None,
            obj=self.model,  # type: ignore[attr-defined]
            reason=_reason_and_list(asked["reason"], self._described(rows)),
            ip=address_of(self.request),
        )
        response: HttpResponse = super().as_spreadsheet(queryset, asked["export"])  # type: ignore[misc]
        return response

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield BOM_UTF8  # so that Excel reads Korean
        yield from super().stream_csv(queryset)  # type: ignore[misc]

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

    @cached_property
    def show_export_buttons(self) -> bool:
        return False  # ours stands in their place

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)  # type: ignore[misc]
        if self._exports:
            button = Button(
                _("Download the list"), url=self.get_export_url("xlsx"), icon_name="download", priority=90
            )
            buttons.append(button)
        return buttons

    def get_export_url(self, export_format: str) -> str:
        return f"{self.index_url}?{self._conditions(export=export_format).urlencode()}"  # type: ignore[attr-defined]

    def what_is_exported(self) -> str:
        return str(self.model._meta.verbose_name_plural)  # type: ignore[attr-defined]  # noqa: SLF001

    @property
    def _exports(self) -> bool:
        return bool(self.list_export)  # type: ignore[attr-defined]

    @property
    def _can_be_exported(self) -> bool:
        return self._exports and not self.results_only  # type: ignore[attr-defined]

    def _conditions(self, **more: str) -> QueryDict:
        """What narrows the list, from its address."""
        conditions = self.request.GET.copy()
        for name in NO_CONDITION:
            conditions.pop(name, None)
        conditions.update(more)
        return conditions

    def _described(self, rows: int) -> str:
        """Which list, how long, how it was narrowed: with it, whose data left can be found out later."""
        asked = ", ".join(f"{name}={value}" for name, value in self._conditions().items() if value)
        return f"{self.what_is_exported()}: {rows}{f' ({asked})' if asked else ''}"

    def _ask(self, form: ExportForm, *, status: int = 200) -> HttpResponse:
        title = _("Download the list")
        back = f"{self.index_url}?{self._conditions().urlencode()}".rstrip("?")  # type: ignore[attr-defined]
        context = {
            "form": form,
            "header_title": title,
            "header_icon": "download",
            "breadcrumbs_items": [
                *self.breadcrumbs_items,  # type: ignore[attr-defined]
                {"url": back, "label": self.what_is_exported()},
                {"url": "", "label": title},
            ],
            "what": self.what_is_exported(),
            "rows": self.get_queryset().count(),  # type: ignore[attr-defined]
            "filters_set": self.active_filters,  # type: ignore[attr-defined]
            "searched": self.search_query,  # type: ignore[attr-defined]
            "action_url": back,
            "back_url": back,
        }
        return render(self.request, "office/export.html", context, status=status)
