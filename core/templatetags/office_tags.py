"""Tags of the office's templates."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import charts

register = template.Library()


@register.simple_tag(takes_context=True)
def office_csrf(context: RequestContext) -> SafeString:
    """The hidden CSRF field, also in templates included with ``only``."""
    token = get_token(context.request)
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.filter
def unique_id(field: BoundField, suffix: str) -> SafeString:
    """The field's widget with an id of its own: several actions on a page may ask for a reason."""
    return field.as_widget(attrs={"id": f"{field.auto_id}-{suffix}"})


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the widget is a group of choices, which needs a fieldset."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.simple_tag
def state_label(obj: Any, state: str) -> str:
    """What people call ``state``."""
    return str(dict(obj._meta.get_field("state").flatchoices).get(state, state))  # noqa: SLF001


@register.simple_tag
def bar_chart(bars: list[charts.Bar], title: str, first: str = "", second: str = "") -> SafeString:
    """An accessible bar chart with up to two named series; see :func:`core.charts.bar_chart`."""
    return charts.bar_chart(bars=bars, title=title, series=[name for name in (first, second) if name])
