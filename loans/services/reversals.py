"""Taking back what staff entered wrongly in the ledger. A deposit is taken back by its own record."""

from django.db import transaction
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core.accounts.models import User
from core.errors import NotAllowed, NotNow, Stale
from core.workflow.perform import lock
from loans.models import LedgerEntry
from loans.queries.history import as_since
from loans.queries.loans import entries_to_take_back
from loans.services.ledger import reverse_on, telling_at


@transaction.atomic
def reverse_entry(*, by: User, entry: LedgerEntry, reason: str) -> LedgerEntry:
    """Take back a reported payment, a cost, a waiver or a refund. It stays in the ledger, with the reversal.

    Raises ``Stale`` when somebody else already did, ``NotNow`` for an entry of another kind, and
    ``ValidationError`` for what the ledger cannot take.
    """
    loan = lock(entry.loan)
    if not has_perm("loans.reverse_entry", by, loan):
        raise NotAllowed
    if not entries_to_take_back(loan).filter(pk=entry.pk).exists():
        raise NotNow(_("An entry of this kind cannot be taken back."))
    if done := loan.entries.filter(reverses=entry).select_related("recorded_by").first():
        raise Stale(changes=[as_since(done)])
    with telling_at("entry"):
        return reverse_on(loan, entry, by=by, reason=reason)
