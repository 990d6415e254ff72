from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """A private file that belongs to something. It is read through its permission check only.

    The file has no address of its own: it lies in the ``private`` storage under a name that says nothing.
    """

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    content_type_of_owner = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of owner")
    )
    owner_id = models.PositiveBigIntegerField(_("owner"))
    owner = GenericForeignKey("content_type_of_owner", "owner_id")
    kind = models.CharField(_("kind"), max_length=60)
    original_name = models.CharField(_("file name"), max_length=200)
    stored_as = models.CharField(max_length=100, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("file type"), max_length=100)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar[list[str]] = ["uploaded_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type_of_owner", "owner_id", "kind"])
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("document_download", args=[self.key])

    def open(self) -> Any:
        """The file, opened for reading."""
        return storages["private"].open(self.stored_as, "rb")
