"""What the buttons of the secretary ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.accounts.models import User
from core.committees.models import AgendaItem, CommitteeMember, Decision, Meeting, Recusal
from core.committees.queries import waiting_subjects
from core.fields import DateField, ManyField, MoneyField
from core.office import ActionForm
from core.office.actions import ReasonForm


class MemberForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    affiliation = forms.CharField(label=_("Affiliation"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail of the account"),
        required=False,
        help_text=_("With an account, the member is called by the platform."),
    )
    appointed_on = DateField(label=_("Appointed on"))
    term_ends_on = DateField(label=_("Term ends on"), required=False, help_text=_("Empty: after two years."))
    is_chair = forms.BooleanField(label=_("Chair"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        email = data.pop("email", "")
        data["user"] = User.objects.filter(email=email.lower(), is_active=True).first() if email else None
        if email and data["user"] is None:
            self.add_error("email", ValidationError(_("There is no account with this e-mail.")))
        appointed, ends = data.get("appointed_on"), data.get("term_ends_on")
        if appointed and ends and ends < appointed:
            self.add_error("term_ends_on", ValidationError(_("The term ends before it begins.")))
        return data


class LeaveForm(ActionForm):
    member = forms.ModelChoiceField(label=_("Committee member"), queryset=CommitteeMember.objects.none())
    on = DateField(label=_("Left on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["member"]
        members.queryset = CommitteeMember.objects.serving_on(clock.today()).filter(committee=self.obj)


class AddItemsForm(ActionForm):
    chosen = forms.MultipleChoiceField(
        label=_("Waiting for a decision"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chosen"]
        meeting: Any = self.obj
        chosen.choices = [
            (f"{kind.model_label}:{subject.pk}", f"{kind.label} · {kind.title(subject)}")
            for kind, subjects in waiting_subjects(self.user, meeting.committee)
            for subject in subjects
        ]


class RemoveItemForm(ActionForm):
    item = forms.ModelChoiceField(label=_("Item"), queryset=AgendaItem.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item: Any = self.fields["item"]
        item.queryset = AgendaItem.objects.filter(meeting=self.obj)


class NoticeForm(ActionForm):
    reason = forms.CharField(
        label=_("Urgency"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when the members are called less than seven days before."),
    )


class AttendanceForm(ActionForm):
    present = ManyField(
        label=_("Present"),
        queryset=CommitteeMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.obj
        present: Any = self.fields["present"]
        present.queryset = CommitteeMember.objects.serving_on(timezone.localdate(meeting.starts_at)).filter(
            committee=meeting.committee
        )

    def clean_present(self) -> list[CommitteeMember]:
        return list(self.cleaned_data["present"])


class MinutesForm(ActionForm):
    minutes = forms.CharField(
        label=_("Minutes"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What was discussed. Date, place, members present and decisions are on record already."),
    )


class PublishForm(ActionForm):
    on = DateField(label=_("Published on"))
    where = forms.CharField(
        label=_("Where they can be read"),
        max_length=300,
        help_text=_("The address of the page, or the number of the announcement."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class WithholdForm(ReasonForm):
    reason = forms.CharField(label=_("Which law closes them"), widget=forms.Textarea(attrs={"rows": 2}))


class RecusalForm(ActionForm):
    member = forms.ModelChoiceField(label=_("Committee member"), queryset=CommitteeMember.objects.none())
    kind = forms.ChoiceField(label=_("Why"), choices=Recusal.Kind.choices)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item: Any = self.obj
        meeting: Meeting = item.meeting
        member: Any = self.fields["member"]
        member.queryset = CommitteeMember.objects.serving_on(timezone.localdate(meeting.starts_at)).filter(
            committee=meeting.committee_id
        )


class DecisionForm(ActionForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Decision.Outcome.choices)
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=10)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=10, initial=0)
    amount = MoneyField(
        label=_("Amount in won"),
        min_value=1,
        required=False,
        help_text=_("As proposed, or less with “Approved with changes” and a note."),
    )
    rank = forms.IntegerField(
        label=_("Place in the order"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Where an order is decided."),
    )
    note = forms.CharField(
        label=_("Reasons and conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item: Any = self.obj
        for name in ("amount", "rank"):
            if name in item.proposal:
                self.fields[name].initial = item.proposal[name]
            else:
                del self.fields[name]
