"""What a product asks of those who apply: documents, and conditions that staff confirm."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Business
from core.whole_number import whole_number
from loans.models.products import Product


class ProductDocument(models.Model):
    """A document to be handed in with an application for the product."""

    class AskedOf(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        REGISTERED = "registered", _("registered businesses only")
        COMPANIES = "companies", _("companies only")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="documents", verbose_name=_("loan product")
    )
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    help_text = models.CharField(_("explanation"), max_length=200, blank=True)
    required = models.BooleanField(_("required"), default=True)
    asked_of = models.CharField(_("asked of"), max_length=10, choices=AskedOf, default=AskedOf.EVERYBODY)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("document for a loan product")
        verbose_name_plural = _("documents for loan products")
        ordering: ClassVar[list[str]] = ["product", "order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["product", "code"], name="one_document_code_per_product")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """The kind under which core.documents keeps the file."""
        return self.code

    def is_asked_of(self, business: Business) -> bool:
        """Whether ``business`` has to think of it: a planned one has no papers of its own yet."""
        if self.asked_of == self.AskedOf.COMPANIES:
            return business.is_registered and business.kind == Business.Kind.COMPANY
        return business.is_registered or self.asked_of == self.AskedOf.EVERYBODY


class EligibilityItem(models.Model):
    """One condition that staff confirm for each application. Some can be worked out from what we know."""

    class Hint(models.TextChoices):
        NONE = "", _("nothing: staff look")
        AGE = "age", _("age of the applicant")
        RESIDENCE = "residence", _("months lived in the district")
        ADDRESS = "address", _("address of the business")
        AMOUNT = "amount", _("amount within the limit")
        DOCUMENTS = "documents", _("documents handed in")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="eligibility_items", verbose_name=_("loan product")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("condition"), max_length=120)
    source = models.CharField(_("rule"), max_length=120, blank=True)
    hint = models.CharField(_("worked out from"), max_length=20, choices=Hint, blank=True, default=Hint.NONE)
    parameter = models.CharField(
        _("value"), max_length=40, blank=True, help_text=_("the age, the months or the word in the address")
    )

    class Meta:
        verbose_name = _("condition for a loan product")
        verbose_name_plural = _("conditions for loan products")
        ordering: ClassVar[list[str]] = ["product", "order", "pk"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.hint in {self.Hint.AGE, self.Hint.RESIDENCE} and whole_number(self.parameter) is None:
            raise ValidationError({"parameter": _("Write a whole number here.")})
