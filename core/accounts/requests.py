from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from core.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that ``login_required`` has let through."""
    if not isinstance(request.user, User):
        raise TypeError("this view needs login_required")
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the fields of a POST, also when there are none; nothing otherwise."""
    return request.POST if request.method == "POST" else None


def page_to_return_to(request: HttpRequest) -> str:
    """Where ``next`` leads when that is a page of ours; nothing otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""
