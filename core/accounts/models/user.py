from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.accounts.managers import UserManager
from core.accounts.numbers import validate_phone
from core.accounts.roles import Role


class User(AbstractUser):
    """A person, known by e-mail. Birth date only: a resident registration number is never asked for."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=20, blank=True, validators=[validate_phone])
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    resident_since = models.DateField(
        _("resident of the district since"),
        null=True,
        blank=True,
        help_text=_("Leave empty if you live elsewhere."),
    )
    language = models.CharField(
        _("language of mails"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    objects = UserManager()  # type: ignore[misc,assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering: ClassVar[list[str]] = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the user's groups; read once per object."""
        return frozenset(self.groups.values_list("name", flat=True)) if self.pk else frozenset()

    @property
    def roles(self) -> list[Role]:
        return [role for role in Role if role in self.role_names]
