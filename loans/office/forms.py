"""What the buttons of the loans' office ask for."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import DateField, DateTimeField, MoneyField
from core.money import format_won
from core.office import ActionForm
from core.office.actions import ReadReasonForm, ReasonForm
from core.payments.models import BankDeposit
from core.payments.queries.office import bank_deposits_for_office
from loans.engine import Component
from loans.models import EligibilityItem, LedgerEntry
from loans.queries.loans import entries_to_take_back
from loans.services.screening import DAYS_TO_CORRECT, Finding

EVENING = 18


class ReturnForm(ReadReasonForm):
    """Everything that has to be corrected, and until when."""

    correct_by = DateTimeField(
        label=_("Corrections are due"),
        help_text=_("By the server’s clock; also when the round has closed by then."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = timezone.localtime(clock.now() + timedelta(days=DAYS_TO_CORRECT))
        self.fields["correct_by"].initial = due.replace(hour=EVENING, minute=0)

    def clean_correct_by(self) -> datetime:
        correct_by: datetime = self.cleaned_data["correct_by"]
        if correct_by <= clock.now():
            raise forms.ValidationError(_("The correction must be due in the future."))
        return correct_by


class ChecksForm(ActionForm):
    """The conditions of the product, each met or not, with a note."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(EligibilityItem.objects.filter(product=self.obj.round.product_id))
        known = {check.item_id: check for check in self.obj.checks.all()}
        for item in self.items:
            check = known.get(item.pk)
            self.fields[f"item_{item.pk}"] = forms.ChoiceField(
                label=f"{item.label} ({item.source})" if item.source else item.label,
                choices=[("", _("not checked")), ("yes", _("met")), ("no", _("not met"))],
                required=False,
                initial="" if check is None else ("yes" if check.passed else "no"),
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Note"), required=False, max_length=200, initial=check.note if check else ""
            )

    def findings(self) -> list[Finding]:
        """What was ticked; a condition left open is not a finding."""
        return [
            Finding(item, answer == "yes", self.cleaned_data[f"note_{item.pk}"])
            for item in self.items
            if (answer := self.cleaned_data[f"item_{item.pk}"])
        ]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        fields["findings"] = self.findings() if not self.errors else []
        return {name: fields[name] for name in ("version", "findings") if name in fields}


class PrepareForm(ActionForm):
    """The contract: from which day, and on which day of the month it is repaid."""

    planned_on = DateField(label=_("Planned disbursement"))
    due_day = forms.IntegerField(label=_("Day of the month for repayments"), min_value=1, max_value=31)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["planned_on"].initial = today
        self.fields["due_day"].initial = today.day


class DisburseForm(ActionForm):
    on = DateField(label=_("Paid out on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class DepositForm(ActionForm):
    """A bank deposit as it stands on the account statement. The token makes a double click count once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    amount = MoneyField(label=_("Amount (won)"), min_value=1)
    deposited_on = DateField(label=_("Date of the deposit"))
    payer_name = forms.CharField(label=_("Name on the deposit"), max_length=60)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        self.fields["deposited_on"].initial = clock.today()
        self.fields["amount"].initial = self.obj.owed or self.obj.next_due_amount or None
        self.fields["payer_name"].initial = self.obj.business.name


class ReportForm(ActionForm):
    """A payment as it stands in the bank's report. The token makes a double click count once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    amount = MoneyField(label=_("Amount (won)"), min_value=1)
    received_on = DateField(label=_("Day of the payment"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        self.fields["received_on"].initial = clock.today()
        self.fields["amount"].initial = self.obj.owed or self.obj.next_due_amount or None


class EntryChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, entry: Any) -> str:
        parts = (str(entry.value_date), entry.get_kind_display(), format_won(entry.amount), entry.note)
        return " · ".join(filter(None, parts))


def _offer(field: Any, standing: Any) -> None:
    """Show what stands. The field knows the rest too: what a colleague took back is no wrong input."""
    field.widget.choices = [("", "---------")] + [
        (row.pk, field.label_from_instance(row)) for row in standing
    ]


class ReverseEntryForm(ReasonForm):
    """Which entry was made wrongly."""

    entry = EntryChoice(label=_("Which entry"), queryset=LedgerEntry.objects.none())

    field_order = ("entry", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entry"]
        field.queryset = entries_to_take_back(self.obj)
        _offer(field, field.queryset.filter(reversed_by=None))


class CostForm(ActionForm):
    """What the district had to pay because of the loan, and charges to the borrower."""

    amount = MoneyField(label=_("Amount (won)"), min_value=1)
    note = forms.CharField(label=_("What for"), max_length=200, help_text=_("The borrower reads this."))


class WaiverForm(ActionForm):
    """Costs, interest or late interest that is due and forgiven, all of it or a part."""

    component = forms.TypedChoiceField(
        label=_("What is forgiven"),
        coerce=Component,
        choices=[
            (Component.FEE, _("Costs")),
            (Component.LATE_INTEREST, _("Late interest")),
            (Component.INTEREST, _("Interest")),
        ],
    )
    amount = MoneyField(label=_("Amount (won)"), min_value=1)
    note = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["component"]
        due = self.obj.forgivable
        # shown is what is owed; the field knows the rest too, which may have been paid a moment ago
        field.widget.choices = [
            (value, f"{label} ({format_won(due[value])})") for value, label in field.choices if due[value]
        ]


class RefundForm(ActionForm):
    """Money that was transferred back to the borrower: all that is held, or a part of it."""

    amount = MoneyField(label=_("Amount (won)"), min_value=1)
    note = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = self.obj.unapplied

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount > self.obj.unapplied:
            raise forms.ValidationError(
                _("No more than %(held)s is held.") % {"held": format_won(self.obj.unapplied)}
            )
        return amount


class DepositChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, deposit: Any) -> str:
        return f"{deposit.deposited_on} · {format_won(deposit.amount)} · {deposit.payer_name}"


class ReverseDepositForm(ReasonForm):
    """Which deposit was entered wrongly."""

    deposit = DepositChoice(label=_("Deposit"), queryset=BankDeposit.objects.none())

    field_order = ("deposit", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deposit"]
        field.queryset = bank_deposits_for_office(self.user).filter(
            content_type=ContentType.objects.get_for_model(self.obj), object_id=self.obj.pk
        )
        _offer(field, field.queryset.filter(state=BankDeposit.State.RECORDED))
