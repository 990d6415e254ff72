from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from core.accounts.landing import landing_url
from core.accounts.notices import tell_at_entrance
from core.privacy.requests import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Sends everybody to where work waits for them, and mails through the outbox."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing_url(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return landing_url(request.user)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data.get("name", "")
        user.language = get_language() or user.language  # of the page: one of ours
        return super().save_user(request, user, form, commit=commit)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries to sign in are counted: the visitor's, not those of everybody behind our proxy."""
        return address_of(request) or super().get_client_ip(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail. The links in ``context`` are left: they are made anew when it goes out."""
        tell_at_entrance(mail=template_prefix, email=email, user=context.get("user"))
