"""Signing the agreement by typing one's name."""

import hashlib
import unicodedata

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.workflow.perform import lock, perform
from incubator.models import Agreement, AgreementText, Application
from incubator.services.access import require


@transaction.atomic
def sign_agreement(
    *,
    by: User,
    application: Application,
    text: AgreementText,
    typed_name: str,
    expected_version: int | None = None,
) -> Agreement:
    """Sign ``text``. The typed name must be the applicant's; one signature per application."""
    require(by, "incubator.sign_agreement", application)
    lock(application.call)  # no new version between what was read and what is signed
    newest = application.call.agreement_texts.order_by("-version").first()
    if newest is None or text.pk != newest.pk:
        raise ValidationError(_("The text of the agreement has changed. Please read the new version."))
    if _plain(typed_name) != _plain(by.name):
        raise ValidationError(
            {"typed_name": _("Type your name exactly as in your profile: %(name)s") % {"name": by.name}}
        )
    row = perform(application, "sign", by=by, expected_version=expected_version, on=clock.today())
    return Agreement.objects.create(
        application=row,
        text=newest,
        signed_name=typed_name.strip(),
        signed_at=clock.now(),
        signed_by=by,
        text_sha256=hashlib.sha256(newest.body.encode()).hexdigest(),
    )


def _plain(name: str) -> str:
    """The name without differences that nobody sees: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())
