"""What evaluators type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incubator.queries.reviews import ScoreLine
from incubator.services.reviews import ScoreInput


class DeclareForm(forms.Form):
    no_conflict = forms.BooleanField(
        label=_("None of this applies to me. I have no conflict of interest."),
        error_messages={"required": _("Please confirm, or step back below.")},
    )


class RecuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you step back?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_("Only programme staff read this."),
    )


class ScoresForm(forms.Form):
    """A score and a comment per criterion. Nothing is required while scoring."""

    comment = forms.CharField(
        label=_("Overall comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text=_("For programme staff and the committee."),
    )

    def __init__(self, *args: Any, lines: list[ScoreLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            criterion = line.criterion
            self.fields[f"score-{criterion.pk}"] = forms.IntegerField(
                label=criterion.name,
                required=False,
                min_value=1,
                max_value=criterion.max_score,
                initial=line.score,
            )
            self.fields[f"comment-{criterion.pk}"] = forms.CharField(
                label=_("Comment on %(criterion)s") % {"criterion": criterion.name},
                required=False,
                max_length=1000,
                initial=line.comment,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
            )

    def scores(self, names: set[str] | None = None) -> dict[int, ScoreInput]:
        """What came in by criterion; with ``names`` only those fields."""
        given: dict[int, ScoreInput] = {}
        for line in self.lines:
            pk = line.criterion.pk
            score = self._value(f"score-{pk}", names)
            comment = self._value(f"comment-{pk}", names)
            if score is not None or comment is not None:
                given[pk] = ScoreInput(score=score, comment=comment)
        return given

    def overall(self, names: set[str] | None = None) -> str | None:
        value: str | None = self._value("comment", names)
        return value

    def _value(self, name: str, names: set[str] | None) -> Any:
        return self.cleaned_data.get(name) if names is None or name in names else None
