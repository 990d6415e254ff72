from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.numbers import (
    format_business_number,
    validate_business_number,
    validate_corporate_number_shape,
    validate_postcode,
)


class Business(models.Model):
    """A business (사업체): sole trader or company. Several people may act for it.

    A pre-founder (예비창업자) names the one that is to be registered; it has no number until then.
    """

    class Kind(models.TextChoices):
        SOLE = "sole", _("Sole proprietor")
        COMPANY = "company", _("Company")

    name = models.CharField(_("name of the business"), max_length=80)
    registration_number = models.CharField(
        _("business registration number"),
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_business_number],
        error_messages={"unique": _("This business is already registered. Ask its owner to invite you.")},
    )
    corporate_number = models.CharField(
        _("corporation number"), max_length=14, blank=True, validators=[validate_corporate_number_shape]
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SOLE)
    representative = models.CharField(_("representative"), max_length=60)
    opened_on = models.DateField(_("opening date"))
    sector = models.CharField(_("sector"), max_length=60)
    is_micro = models.BooleanField(_("micro-business (소상공인)"), default=False)
    postcode = models.CharField(_("postcode"), max_length=5, validators=[validate_postcode])
    address = models.CharField(_("road name address"), max_length=200)
    address_detail = models.CharField(_("address detail"), max_length=100, blank=True)
    members: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="businesses", verbose_name=_("members")
    )
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        ordering: ClassVar[list[str]] = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_registered(self) -> bool:
        """Whether it has a number: a planned business has none yet."""
        return bool(self.registration_number)

    def save(self, **kwargs: Any) -> None:
        number = self.registration_number
        self.registration_number = format_business_number(number) if number else None
        super().save(**kwargs)


class Membership(models.Model):
    """A person who acts for a business. At least one owner stays."""

    class Part(models.TextChoices):
        OWNER = "owner", _("Owner")
        MEMBER = "member", _("Member")

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("business")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("user")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part, default=Part.MEMBER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["business", "user"], name="one_membership_per_person_and_business"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.business_id}"
