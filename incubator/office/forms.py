"""What the buttons of the office ask for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import DateTimeField
from core.office import ActionForm
from incubator.services.screening import DAYS_TO_CORRECT


class CorrectionForm(ActionForm):
    """All flaws at once: an application is returned once, not three times."""

    flaws = forms.CharField(
        label=_("What is to be mended"),
        help_text=_("One flaw per line: what is wrong, where, and how to mend it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    due_at = DateTimeField(label=_("Corrections are due"))
    again_because = forms.CharField(
        label=_("Why a second correction is needed"),
        help_text=_("Only when this application was returned before."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = timezone.localtime(clock.now() + timedelta(days=DAYS_TO_CORRECT))
        self.fields["due_at"].initial = due.replace(hour=18, minute=0)
        if not self.obj.corrections.exists():
            del self.fields["again_because"]

    def clean_flaws(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["flaws"].splitlines()]
        return [{"field": "", "text": line} for line in lines if line]
