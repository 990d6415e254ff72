from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="mail", order=100)
class ContactSettings(BaseSiteSetting):
    """Whom the public may ask. Shown in the footer and wherever a page names nobody itself."""

    office = models.CharField(_("office in charge"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("office hours"), max_length=80, blank=True)
    places = models.TextField(
        _("places"),
        blank=True,
        help_text=_("Shown in the footer, one per line: name, colon, address."),
    )
    loan_desk_address = models.CharField(_("address of the loan desk"), max_length=120, blank=True)
    loan_desk_phone = models.CharField(_("telephone of the loan desk"), max_length=20, blank=True)

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("office"),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("hours"),
            ],
            heading=_("contact"),
        ),
        FieldPanel("places"),
        MultiFieldPanel(
            [FieldPanel("loan_desk_address"), FieldPanel("loan_desk_phone")], heading=_("loan desk")
        ),
    ]

    class Meta:
        verbose_name = _("contact and office hours")

    def __str__(self) -> str:
        return self.office

    def clean(self) -> None:
        super().clean()
        if not (self.phone or self.email):
            raise ValidationError(
                _("Write a telephone number or an e-mail address: people ask and object there.")
            )

    @property
    def listed_places(self) -> list[tuple[str, str]]:
        """Name and address of each place."""
        found = (line.partition(":") for line in self.places.splitlines() if line.strip())
        return [(name.strip(), address.strip()) for name, _colon, address in found]
