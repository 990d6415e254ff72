from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentText(models.Model):
    """One version of what a person is asked to agree to. A change of the text is a new version."""

    class Kind(models.TextChoices):
        COLLECTION = "collection", _("Collection and use of personal data")
        THIRD_PARTY = "third_party", _("Passing personal data to a third party")
        MARKETING = "marketing", _("News and invitations")

    class Purpose(models.TextChoices):
        ACCOUNT = "account", _("Account")
        INCUBATION = "incubation", _("Incubation")
        LOAN = "loan", _("Loan")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    purpose = models.CharField(_("used for"), max_length=20, choices=Purpose, db_index=True)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), help_text=_("purpose, items, retention period, right to refuse"))
    required = models.BooleanField(_("required"), default=True)
    effective_on = models.DateField(_("in force from"))

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering: ClassVar[list[str]] = ["purpose", "kind", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["purpose", "kind", "version"], name="one_consent_text_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"

    @property
    def clauses(self) -> list[tuple[str, str]]:
        """Each line as what it is about and what it says: ``보유 기간: …``; some lines have no name."""
        pairs = (line.partition(": ") for line in self.body.splitlines() if line.strip())
        return [(name, text) if colon else ("", name) for name, colon, text in pairs]


class Consent(models.Model):
    """Somebody agreed to a text, or took it back: the text's version, the time and the person are kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents", verbose_name=_("user")
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+", verbose_name=_("text"))
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "text"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_open_consent_per_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.text_id}"
