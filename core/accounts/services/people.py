from typing import Any

from django.db import transaction

from core.accounts import consents
from core.accounts.models import ConsentText, User


@transaction.atomic
def update_profile(*, by: User, **facts: Any) -> User:
    """A person changes what is kept about them."""
    row = User.objects.select_for_update().get(pk=by.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    return row


@transaction.atomic
def choose_news(*, by: User, wanted: bool) -> None:
    """Agree to news and invitations, or take it back."""
    if wanted:
        texts = consents.current_texts(consents.ACCOUNT)
        consents.record_consents(
            by=by, texts=[text for text in texts if text.kind == ConsentText.Kind.MARKETING]
        )
        return
    for consent in consents.open_consents(by).filter(text__kind=ConsentText.Kind.MARKETING):
        consents.withdraw_consent(by=by, consent=consent)
