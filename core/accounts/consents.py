"""Which texts a person is asked to agree to, and what they have agreed to."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from core import clock
from core.accounts.models import Consent, ConsentText, User
from core.errors import NotAllowed

ACCOUNT, INCUBATION, LOAN = "account", "incubation", "loan"


def current_texts(purpose: str) -> list[ConsentText]:
    """The text in force of each kind, the required ones first."""
    in_force = ConsentText.objects.filter(purpose=purpose, effective_on__lte=clock.today())
    newest = dict(in_force.order_by().values_list("kind").annotate(Max("version")))
    chosen = [text for text in in_force if newest[text.kind] == text.version]
    return sorted(chosen, key=lambda text: (not text.required, text.kind))


def required_texts(purpose: str) -> list[ConsentText]:
    """The texts in force without which ``purpose`` is not possible."""
    return [text for text in current_texts(purpose) if text.required]


def open_consents(user: User) -> QuerySet[Consent]:
    """What the person agrees to today, newest first."""
    return (
        Consent.objects.filter(user=user, withdrawn_at=None)
        .select_related("text")
        .order_by("-given_at", "-pk")
    )


@transaction.atomic
def record_consents(*, by: User, texts: Iterable[ConsentText]) -> list[Consent]:
    """Note that the person agreed to these versions now. What was agreed to already stays as it is."""
    now = clock.now()
    return [
        Consent.objects.get_or_create(user=by, text=text, withdrawn_at=None, defaults={"given_at": now})[0]
        for text in texts
    ]


@transaction.atomic
def withdraw_consent(*, by: User, consent: Consent) -> None:
    """Take back an optional consent. A required one ends with what it was given for, not here."""
    if consent.user_id != by.pk or consent.text.required:
        raise NotAllowed
    Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=clock.now())


def people_who_want_news(since: datetime) -> QuerySet[User]:
    """Whoever had agreed by ``since`` to be sent news and still does."""
    agreed = Consent.objects.filter(
        text__kind=ConsentText.Kind.MARKETING, withdrawn_at=None, given_at__lte=since
    )
    return User.objects.filter(is_active=True, pk__in=agreed.values("user")).order_by("pk")


def accepts_news(user: User) -> bool:
    """Whether news and invitations may be sent to the person."""
    return Consent.objects.filter(
        text__kind=ConsentText.Kind.MARKETING, user=user, withdrawn_at=None
    ).exists()
