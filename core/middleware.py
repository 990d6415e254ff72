"""Around every request: its language, the way back from the login, the pages of errors."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from core.accounts.roles import is_office_user
from core.errors import DomainError, Since, Stale
from core.own_address import own_address

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


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


class LoginReturnMiddleware:
    """Leads back from the login to a page, when a form was sent after the session had ended.

    Django, allauth and Wagtail all remember the address of the form's action, which often takes a POST only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method in SAFE or not _asks_to_log_in(request, response):
            return response
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            told = _("You are logged out.")
            return JsonResponse({"message": told}, status=HTTPStatus.UNAUTHORIZED)
        page = own_address(request, request.headers.get("Referer", ""))
        login = resolve_url(settings.LOGIN_URL)
        return redirect(login) if urlsplit(page).path in {"", login} else redirect_to_login(page)


def _asks_to_log_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is the login, with the way back to the very address that was asked for."""
    asked = response.get("Location") if response.status_code == HTTPStatus.FOUND else None
    return asked == redirect_to_login(request.get_full_path()).url


class ErrorPageMiddleware:
    """Turns a rule that was not met, and a method that is not taken, into the styled page of its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

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
