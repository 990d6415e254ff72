"""Turns a rule that was not met into the styled page of its status."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from core.accounts.roles import is_office_user
from core.errors import DomainError, Since, Stale


class LanguageMiddleware:
    """Korean, unless somebody asked for another language here: what a browser prefers is not asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class DomainErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        context = {"error": error, "changes": _changes_for(request, error), "typed": _typed(request)}
        return render(request, f"{error.status}.html", context, status=error.status)


def _changes_for(request: HttpRequest, error: DomainError) -> list[Since]:
    """What the person may read of what others did: outside the office neither names nor notes of staff."""
    changes = list(error.changes) if isinstance(error, Stale) else []
    if is_office_user(request.user):
        return changes
    return [
        change._replace(by=_("staff") if is_office_user(change.by) else change.by)
        for change in changes
        if not change.internal
    ]


def _typed(request: HttpRequest) -> list[str]:
    """The texts that were sent, to be copied. A word alone is quickly typed again, and may be a secret."""
    return [
        text
        for name, texts in request.POST.lists()
        for text in texts
        if " " in text.strip() and "password" not in name
    ]
