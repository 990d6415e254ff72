"""Who gets into the office. Wagtail's own door sends the wrong person elsewhere; ours says so, with a 403."""

from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.views.decorators.cache import never_cache
from wagtail.admin import auth
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import index as bulk_action
from wagtail.utils.urlpatterns import decorate_urlpatterns

from core.own_address import own_address

View = Callable[..., HttpResponseBase]
TOGETHER = frozenset({("wagtailcore", "page"), ("wagtailimages", "image"), ("wagtaildocs", "document")})
"""What the lists of the office let one change many of at once."""
SEARCHED = ("q", "term", "label", "by", "owner")
"""Under which names the lists and the choosers of the office, Wagtail's and ours, get words to look for."""
LONGEST_SEARCH = 200


def refuse(request: HttpRequest) -> NoReturn:
    """In place of Wagtail's answer to a missing right, which is a redirect to the office's first page."""
    raise PermissionDenied from None


def use_our_refusal() -> None:
    """Every refusal of Wagtail passes through this one function of its."""
    auth.permission_denied = refuse


def office_only(view: View) -> View:
    """Refuse whoever is signed in but does not work here: Wagtail would send them to the login and back."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def searched_briefly(view: View) -> View:
    """Cut what is looked for to a length that something can have: on a longer pattern SQLite fails."""

    def brief(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        too_long = [name for name in SEARCHED if len(request.GET.get(name, "")) > LONGEST_SEARCH]
        if too_long:
            asked: Any = request.GET.copy()
            for name in too_long:
                asked[name] = asked[name][:LONGEST_SEARCH]
            request.GET = asked
        return view(request, *args, **kwargs)

    return brief


AT_THE_DOOR = (searched_briefly, office_only)
"""What every address of the office passes, Wagtail's too."""


def behind_the_door(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Addresses of the office that are ours: guarded as Wagtail guards its own, and refused as we refuse."""
    for decorator in (require_admin_access, never_cache, *AT_THE_DOOR):
        decorate_urlpatterns(patterns, decorator)
    return patterns


def to_login(request: HttpRequest) -> HttpResponse:
    """There is one login: it counts the tries and asks for a confirmed address, which Wagtail's does not."""
    wanted = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    return redirect_to_login(wanted) if wanted else redirect(settings.LOGIN_URL)


def to_password_reset(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")


def change_together(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponseBase:
    """Wagtail's bulk actions where our lists offer them; people, among others, are changed one by one."""
    if (app_label, model_name) not in TOGETHER:
        raise Http404
    return bulk_action(request, app_label, model_name, action)
