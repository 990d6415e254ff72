from core.payments.models.bank_deposit import BankDeposit
from core.payments.models.charge import Charge
from core.payments.models.checkout import Checkout
from core.payments.models.stripe_event import StripeEvent

__all__ = ["BankDeposit", "Charge", "Checkout", "StripeEvent"]
