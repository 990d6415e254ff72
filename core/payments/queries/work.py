from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core.accounts.models import User
from core.accounts.worklist import Todo
from core.payments.queries.events import events_with_errors


def payment_todos(user: User) -> Iterator[Todo]:
    """Money that came in and is in no ledger yet waits for finance."""
    if has_perm("payments.accept_payment", user) and (count := events_with_errors().count()):
        url = f"{reverse('payment_events:index')}?status=error"
        yield Todo(_("Look at payments that could not be entered"), url, kind="payment_problem", count=count)
