"""What applicants type. Nothing is required while writing: the check page lists all flaws at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import Business, ConsentText, User
from core.drafts.forms import SeenField
from core.fields import ManyField
from incubator.models import Application, Call, EligibilityQuestion
from incubator.services.applications import DRAFT_FIELDS, LONGEST_TEXT

UNKNOWN = "unknown"
ANSWERS = [*EligibilityQuestion.Answer.choices, (UNKNOWN, _("I don’t know"))]


class StartForm(forms.Form):
    """The self-check and the consents, before a draft exists."""

    def __init__(self, *args: Any, call: Call, texts: list[ConsentText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(call.eligibility_questions.all())
        self.texts = texts
        for question in self.questions:
            self.fields[f"question-{question.pk}"] = forms.ChoiceField(
                label=question.text, choices=ANSWERS, widget=forms.RadioSelect
            )
        for text in texts:
            self.fields[f"consent-{text.pk}"] = forms.BooleanField(
                label=text.title,
                required=text.required,
                error_messages={"required": _("We need your consent to this to receive an application.")},
            )

    def clean(self) -> dict[str, Any]:
        """A decisive answer that differs from the expected one is explained and stops here."""
        given = self.cleaned_data
        for question in self.questions:
            answer = given.get(f"question-{question.pk}")
            if question.decisive and answer and answer not in {question.expected, UNKNOWN}:
                self.add_error(f"question-{question.pk}", question.explanation)
        return given

    @property
    def question_fields(self) -> list[Any]:
        return [self[f"question-{question.pk}"] for question in self.questions]

    @property
    def consent_fields(self) -> list[tuple[ConsentText, Any]]:
        return [(text, self[f"consent-{text.pk}"]) for text in self.texts]

    def agreed(self) -> list[ConsentText]:
        return [text for text in self.texts if self.cleaned_data.get(f"consent-{text.pk}")]

    def answers(self) -> list[dict[str, Any]]:
        """What was answered, with what it means, to be kept with the application."""
        rows = []
        for question in self.questions:
            answer = self.cleaned_data[f"question-{question.pk}"]
            rows.append(
                {
                    "question": question.text,
                    "answer": answer,
                    "expected": question.expected,
                    "explanation": "" if answer == question.expected else question.explanation,
                }
            )
        return rows


class DraftForm(forms.ModelForm[Application]):
    """Part of the text. ``seen`` carries how many saves of each field this window knows of."""

    seen = SeenField()

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.marks
        for name in self.text_names:
            self.fields[name].required = False

    @property
    def text_names(self) -> list[str]:
        return [name for name in self.fields if name in DRAFT_FIELDS]

    def typed(self) -> dict[str, Any]:
        """What could be read, as ``save_draft`` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST_TEXT})


class PlanForm(DraftForm):
    problem = forms.CharField(
        label=_("Problem"),
        max_length=LONGEST_TEXT,
        widget=_area(8),
        help_text=_(
            "Who has which problem, how often, and what does it cost them? Numbers with their source help."
        ),
    )
    solution = forms.CharField(
        label=_("Solution"),
        max_length=LONGEST_TEXT,
        widget=_area(8),
        help_text=_("What do you offer, what already works, and what have you tried out with customers?"),
    )
    scale_up = forms.CharField(
        label=_("Scale-up"),
        max_length=LONGEST_TEXT,
        widget=_area(8),
        help_text=_("How will you earn money, reach customers and grow in the first two years?"),
    )

    class Meta(DraftForm.Meta):
        fields = (
            "title",
            "summary",
            "sector",
            "applicant_type",
            "business",
            "problem",
            "solution",
            "scale_up",
        )
        widgets = {
            "applicant_type": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        }
        help_texts = {
            "title": _("Evaluators read it without your name: please leave out names of people and firms."),
            "sector": _("For example food, content, manufacturing."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Business.objects.filter(memberships__user=user)
        if mine.exists():
            self.fields["business"] = forms.ModelChoiceField(
                mine,
                required=False,
                label=_("Business"),
                empty_label=_("None: I have not founded yet"),
                initial=self.instance.business_id,
            )
        else:
            del self.fields["business"]


class TeamTextForm(DraftForm):
    team_text = forms.CharField(
        label=_("You and your team"),
        max_length=LONGEST_TEXT,
        widget=_area(8),
        help_text=_(
            "What experience do you bring, and who does what? "
            "The review is blind: please leave out names, schools and employers."
        ),
    )

    class Meta(DraftForm.Meta):
        fields = ("team_text",)


class MemberForm(forms.Form):
    """Somebody else in the team."""

    name = forms.CharField(label=_("Name"), max_length=60)
    role = forms.CharField(label=_("Part in the team"), max_length=60)
    career = forms.CharField(
        label=_("Experience"),
        max_length=300,
        required=False,
        help_text=_("Evaluators read it: please leave out schools and employers."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only used so that nobody of your team is asked to evaluate you."),
    )


class BonusForm(forms.Form):
    """What is claimed. ``shown`` holds what the page showed as claimed, out of sight."""

    rules: Any = ManyField(
        None, required=False, widget=forms.CheckboxSelectMultiple, label=_("Bonus points I claim")
    )
    shown: Any = ManyField(None, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        claimed = list(application.bonus_claims.values_list("rule_id", flat=True))
        super().__init__(*args, **{**kwargs, "initial": {"rules": claimed, "shown": claimed}})
        for field in self.fields.values():
            field.queryset = application.call.bonus_rules.all()  # type: ignore[attr-defined]
        self.fields["rules"].label_from_instance = _bonus_label  # type: ignore[attr-defined]


def _bonus_label(rule: Any) -> str:
    return f"{rule.name} (+{rule.points.normalize():f})"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_("You need not give one."),
    )


class SignForm(forms.Form):
    """A click-to-sign: the name is typed, and the text was read."""

    typed_name = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    read = forms.BooleanField(
        label=_("I have read the agreement and accept it."),
        error_messages={"required": _("Please confirm that you have read the agreement.")},
    )
