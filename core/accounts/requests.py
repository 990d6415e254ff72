from django.http import HttpRequest, QueryDict

from core.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that ``login_required`` has let through."""
    if not isinstance(request.user, User):
        raise TypeError("this view needs login_required")
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the fields of a POST, also when there are none; nothing otherwise."""
    return request.POST if request.method == "POST" else None
