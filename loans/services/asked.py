"""What a borrower is asked to pay online, once the ledger says something else."""

from django.utils.translation import gettext as _

from core import clock
from core.payments.queries import open_charges_of
from core.payments.services import cancel_charge
from core.workflow.actors import SYSTEM
from loans.models import Loan
from loans.queries.payments import payment_offers


def withdraw_charges(loan: Loan) -> None:
    """Cancel the open charges of a locked ``loan`` for what is no longer owed, and close their payment pages.

    What is paid on such a page at the last moment still comes in, and is held.
    """
    charges = list(open_charges_of(loan))
    if not charges:
        return
    offers = payment_offers(loan, clock.today()) if loan.is_paid_online else []
    owed = {(offer.amount, offer.description) for offer in offers}
    for charge in charges:
        if (charge.amount, charge.description) not in owed:
            cancel_charge(charge=charge, by=SYSTEM, reason=_("This is no longer owed, or not as much."))
