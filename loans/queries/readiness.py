"""What is still missing from an application: one list of all flaws, never one at a time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from core.documents.queries import documents_of
from core.money import format_won, format_won_short
from loans.models import LoanApplication, Product, ProductDocument

LEAST_WORDS = 20  # characters: less is no plan
DOCUMENT = "document_"


class Flaw(NamedTuple):
    """What is wrong and how to mend it; ``field`` is the name of the form's field."""

    field: str
    message: str

    @property
    def anchor(self) -> str:
        """Where on the form it is mended."""
        if self.field.startswith(DOCUMENT):
            return f"id_{self.field.removeprefix(DOCUMENT)}-file"
        return f"id_{self.field}_0" if self.field == "purpose" else f"id_{self.field}"


def flaws_of(application: LoanApplication) -> list[Flaw]:
    """Everything that keeps ``application`` from being handed in."""
    product = application.round.product
    flaws = [
        *amount_flaws(application.amount, product, is_micro=application.business.is_micro),
        *_text_flaws(application, product),
    ]
    flaws += [
        Flaw(f"{DOCUMENT}{wanted.code}", _("Please upload: %(name)s") % {"name": wanted.name})
        for wanted in documents_missing(application)
    ]
    return flaws


def amount_flaws(amount: int | None, product: Product, *, is_micro: bool) -> Iterator[Flaw]:
    """What is wrong with the amount asked for."""
    limit = product.limit_for(is_micro=is_micro)
    if amount is None:
        yield Flaw("amount", _("Please write how much you need."))
    elif not product.least <= amount <= limit:
        message = _("The amount may be from %(least)s to %(most)s.")
        yield Flaw("amount", message % {"least": format_won(product.least), "most": format_won(limit)})
    elif amount % product.amount_step:
        yield Flaw(
            "amount",
            _("Please write the amount in steps of %(step)s.") % {"step": format_won(product.amount_step)},
        )


def amount_words(application: LoanApplication) -> str:
    """What may be asked for, in a sentence for the form."""
    product = application.round.product
    limit = product.limit_for(is_micro=application.business.is_micro)
    words = (
        _("From %(least)s to %(most)s, in steps of %(step)s.")
        if product.minimum
        else _("Up to %(most)s, in steps of %(step)s.")
    )
    return words % {
        "least": format_won_short(product.least),
        "most": format_won_short(limit),
        "step": format_won_short(product.amount_step),
    }


def _text_flaws(application: LoanApplication, product: Product) -> Iterator[Flaw]:
    if application.purpose not in product.purposes:
        yield Flaw("purpose", _("Please choose a purpose."))
    for field, question in (
        ("plan", _("Please tell what the money is for (at least 20 characters).")),
        ("repayment_plan", _("Please tell how you will repay (at least 20 characters).")),
    ):
        if len(str(getattr(application, field)).strip()) < LEAST_WORDS:
            yield Flaw(field, question)


def documents_missing(application: LoanApplication) -> list[ProductDocument]:
    """The required documents that were not uploaded."""
    rows = documents_wanted(application)
    return [row["wanted"] for row in rows if row["wanted"].required and not row["uploads"]]


def documents_wanted(application: LoanApplication) -> list[dict[str, Any]]:
    """Each document that the product asks of this business, with what was uploaded for it."""
    kept: dict[str, list[Any]] = {}
    for document in documents_of(application):
        kept.setdefault(document.kind, []).append(document)
    return [
        {"wanted": wanted, "uploads": kept.get(wanted.kind, [])}
        for wanted in application.round.product.documents.all()
        if wanted.kind in kept or wanted.is_asked_of(application.business)
    ]
