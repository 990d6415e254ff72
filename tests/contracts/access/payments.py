"""Money is seen by finance and those who read everything; a charge by its payer."""

from core import clock
from core.payments import services
from core.payments.models import BankDeposit
from tests.contracts.access import DENIED, Access
from tests.core.accounts.factories import BusinessFactory
from tests.core.payments.factories import ChargeFactory

SEES = ["finance_staff", "finance_approver", "auditor", "administrator"]


def charge_of_applicant(world):
    return ChargeFactory(payer=world.applicant)


def key(world):
    return {"key": charge_of_applicant(world).key}


def charge(world):
    return {"pk": charge_of_applicant(world).pk}


def event(world):
    event = {"id": "evt_1", "object": "event", "type": "x", "created": 1, "data": {"object": {}}}
    return {"pk": services.store_event(event=event).pk}


def retry(world):
    return event(world) | {"action": "retry"}


def accept(world):
    return event(world) | {"action": "accept"}


def set_aside(world):
    return event(world) | {"action": "set-aside"}


def version(world):
    return {"version": 0}


def deposit(world):
    row = BankDeposit.objects.create(
        subject=BusinessFactory(),
        deposited_on=clock.today(),
        amount=1000,
        payer_name="데모",
        recorded_by=world.finance_staff,
        recorded_at=clock.now(),
    )
    return {"pk": row.pk}


def reverse(world):
    return deposit(world) | {"action": "reverse"}


def read(namespace, args):
    """A list and its pages: other staff are told that there is nothing for them."""
    seen = dict.fromkeys(SEES, 200)
    return [
        Access(f"{namespace}:index", **seen),
        Access(f"{namespace}:index_results", **seen),
        Access(f"{namespace}:inspect", args=args, **seen, office=404),
    ]


SEEN = dict.fromkeys(["auditor", "administrator"], DENIED)
ROWS = [
    Access("stripe_webhook", everyone=405),
    Access("stripe_webhook", "post", everyone=400),
    Access("payment_wait", args=key, applicant=200, signed_in=404),
    Access("payment_wait", "post", args=key, applicant=302, signed_in=404),
    Access("payment_done", args=key, applicant=200, signed_in=404),
    Access("payment_cancelled", args=key, applicant=200, signed_in=404),
    *read("payment_events", event),
    *read("payment_charges", charge),
    *read("bank_deposits", deposit),
    Access(
        "payment_events:act",
        "post",
        args=retry,
        data=version,
        finance_staff=302,
        finance_approver=302,
        **SEEN,
        office=404,
    ),
    # no other amount came in here: the right person is told that it is not the moment
    Access(
        "payment_events:act",
        "post",
        args=accept,
        data=version,
        finance_staff=409,
        finance_approver=DENIED,
        **SEEN,
        office=404,
    ),
    # nothing went wrong here
    Access(
        "payment_events:act",
        "post",
        args=set_aside,
        data=version,
        finance_staff=409,
        finance_approver=DENIED,
        **SEEN,
        office=404,
    ),
    Access(
        "bank_deposits:act", "post", args=reverse, finance_staff=422, finance_approver=422, **SEEN, office=404
    ),
]
