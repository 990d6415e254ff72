"""Everything the template needs to draw one form field so that eyes, keyboards and screen readers agree."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.money import format_won_short
from core.whole_number import whole_number

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_CLASSES = {
    "text": "krds-input",
    "money": "krds-input",
    "textarea": "krds-input",
    "select": "krds-form-select",
    "file": "file-input",
}


def kind_of(field: BoundField) -> str:
    """Which of the field templates' branches draws this field."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    for kind, classes in (
        ("group", _GROUPS),
        ("check", (forms.CheckboxInput,)),
        ("file", (forms.FileInput,)),
        ("select", (forms.Select,)),
        ("textarea", (forms.Textarea,)),
    ):
        if isinstance(widget, classes):
            return kind
    return "money" if "data-money" in widget.attrs else "text"


def field_context(field: BoundField, **options: Any) -> dict[str, Any]:
    """``options``: label, hint, required_mark, width (short | medium), autofocus, placeholder, max_bytes."""
    kind = kind_of(field)
    hint = options.get("hint", field.help_text) or ""
    options["max_bytes"] = options.get("max_bytes") or getattr(field.field, "max_bytes", None)
    limits = file_limits(field, options["max_bytes"]) if kind == "file" else ""
    ids = [
        f"{field.auto_id}_{part}"
        for part, there in (
            ("error", bool(field.errors)),
            ("hint", bool(hint)),
            ("limits", bool(limits)),
            ("reading", kind == "money"),
        )
        if there
    ]
    return {
        "field": field,
        "kind": kind,
        "label": options.get("label") or field.label,
        "hint": hint,
        "limits": limits,
        "errors": field.errors,
        "required": field.field.required and options.get("required_mark", True),
        "width": options.get("width", ""),
        "described_by": " ".join(ids),
        "control": "" if kind == "group" else field.as_widget(attrs=_attrs(field, kind, ids, options)),
        "columns": len(list(field)) if kind == "group" else 0,
        "is_radio": isinstance(field.field.widget, forms.RadioSelect),
        "reading": money_reading(field) if kind == "money" else "",
        "max_length": getattr(field.field, "max_length", None) if kind == "textarea" else None,
    }


def _attrs(field: BoundField, kind: str, ids: list[str], options: dict[str, Any]) -> dict[str, Any]:
    classes = f"{_CLASSES.get(kind, '')} {field.field.widget.attrs.get('class', '')}".strip()
    attrs: dict[str, Any] = {"class": classes} if classes else {}
    attrs["aria-describedby"] = " ".join(ids) or None
    if field.errors:
        attrs["aria-invalid"] = "true"
    attrs |= {name: options[name] for name in ("autofocus", "placeholder") if options.get(name)}
    if kind == "file":
        attrs["data-max-bytes"] = options.get("max_bytes") or settings.DOCUMENT_MAX_BYTES
    return {name: value for name, value in attrs.items() if value is not None}


def file_limits(field: BoundField, max_bytes: int | None = None) -> str:
    """``PDF, HWP · 20MB까지``, from the widget's ``accept`` and the size limit."""
    accept = str(field.field.widget.attrs.get("accept", ""))
    parts = [part.strip() for part in accept.split(",")]
    kinds = ", ".join(part.lstrip(".").upper() for part in parts if part.startswith("."))
    size = _("up to %(size)s") % {"size": filesizeformat(max_bytes or settings.DOCUMENT_MAX_BYTES)}
    return f"{kinds} · {size}" if kinds else size


def money_reading(field: BoundField) -> str:
    """The sum in 억 and 만, as the page says it until the script takes over."""
    amount = whole_number(re.sub(r"[^0-9]", "", str(field.value() or "")))
    return "" if amount is None else format_won_short(amount)


def error_list(*forms_or_sets: Any) -> list[dict[str, str]]:
    """One list of all that is wrong in forms, formsets and lists of them: where, what, how to mend it."""
    found: list[dict[str, str]] = []
    for given in forms_or_sets:
        if given is None:
            continue
        if isinstance(given, list):
            found += error_list(*given)
        elif hasattr(given, "forms"):  # a formset
            found += [_error(message) for message in given.non_form_errors()]
            for form in given.forms:
                found += _form_errors(form)
        else:
            found += _form_errors(given)
    return found


def _form_errors(form: Any) -> list[dict[str, str]]:
    rows = [_error(message) for message in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name in form.fields:
            bound = form[name]
            target = f"{bound.auto_id}_0" if isinstance(bound.field.widget, _GROUPS) else bound.auto_id
            rows += [_error(message, target=target, label=bound.label) for message in messages]
    return rows


def _error(message: Any, *, target: Any = "", label: Any = "") -> dict[str, str]:
    return {"target": str(target), "label": str(label or ""), "message": str(message)}
