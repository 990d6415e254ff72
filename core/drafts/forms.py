"""How a page carries the marks of a draft, and tells what another window saved."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django import forms
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.drafts.models import Draft
from core.drafts.saving import Marks, SavedDraft
from core.errors import DomainError
from core.fields import JSONField

P = ParamSpec("P")


class SeenField(JSONField):
    """The marks that a window has seen, out of sight; what is no number is left out."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)

    def to_python(self, value: Any) -> Any:
        seen = super().to_python(value)
        if not isinstance(seen, dict):
            return None
        return {str(name): count for name, count in seen.items() if isinstance(count, int)}


def posted_marks(request: HttpRequest) -> Marks | None:
    """The marks that a page brings back; nothing where they cannot be read."""
    try:
        return SeenField().clean(request.POST.get("seen", ""))
    except forms.ValidationError:
        return None


def carries(request: HttpRequest, form: type[forms.Form | forms.ModelForm[Any]]) -> bool:
    """Whether a post brings anything of this form: what is not there was not emptied."""
    return any(name in request.POST for name in form.base_fields)


def tell_overwritten(form: forms.BaseForm, row: Draft, saved: SavedDraft) -> None:
    """Say at each field what another window had saved. This window has seen it now: its next save wins.

    The page that is drawn again has seen its own save too; of what could not be read it has seen no more than
    before.
    """
    seen = form.cleaned_data.get("seen")
    unread = {} if seen is None else {name: seen.get(name, 0) for name in (*form.errors, *saved.errors)}
    data: Any = form.data
    form.data = data = data.copy()
    data["seen"] = json.dumps(saved.marks | unread)
    for name, value in saved.overwritten.items():
        form.add_error(
            name,
            _("Another window has saved this: “%(text)s” Save again to keep what stands here.")
            % {"text": row.words_of(name, value) or "–"},
        )


def refusing_in_json(view: Callable[P, JsonResponse]) -> Callable[P, JsonResponse]:
    """For what ``autosave.js`` asks: it can show why something is refused, a page it cannot."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        try:
            return view(*args, **kwargs)
        except DomainError as refused:
            return JsonResponse({"message": str(refused.message)}, status=refused.status)

    return answer


def autosave_answer(row: Draft, saved: SavedDraft) -> JsonResponse:
    """What ``autosave.js`` is told: when it was saved, the marks, what was overwritten, what was wrong."""
    overwritten = [
        {"label": row.label_of(name), "text": text}
        for name, value in saved.overwritten.items()
        if (text := row.words_of(name, value))
    ]
    answer = {
        "saved_at": f"{timezone.localtime(saved.saved_at):%H:%M:%S}",
        "seen": saved.marks,
        "overwritten": overwritten,
    }
    if saved.errors:
        wrong = " ".join(f"{row.label_of(name)}: {text}" for name, text in saved.errors.items())
        answer["message"] = wrong
    return JsonResponse(answer, status=422 if saved.errors else 200)
