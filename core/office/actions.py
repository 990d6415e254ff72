"""A button of the office: what it says, what it asks for, and which service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm

from core.workflow.perform import can_perform, may_perform


class ActionForm(forms.Form):
    """What an action asks for, beside the version of the object that the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, obj: Any, user: Any, **kwargs: Any) -> None:
        self.obj = obj
        self.user = user
        kwargs.setdefault("initial", {})["version"] = getattr(obj, "version", 0)
        super().__init__(*args, **kwargs)

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.visible_fields())


class ReasonForm(ActionForm):
    """For what must be explained to the person or kept in the history."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReadReasonForm(ReasonForm):
    """A reason that the applicant will read."""

    reason = forms.CharField(
        label=_("Reason"), help_text=_("The applicant reads this."), widget=forms.Textarea(attrs={"rows": 4})
    )


DONE = _("Done.")


@dataclass(frozen=True, kw_only=True)
class Action:
    """``run(by=…, obj=…, expected_version=…, **fields)`` is called with what the form gave.

    The button shows to the right person — by the rule of ``transition`` and by ``permission`` — at the right
    moment: when the transition is possible and ``when`` says so. The wrong person gets 403, the right one
    whose page is too old gets 409. ``run`` calls a service, which raises ``ValidationError`` for wrong input,
    ``DomainError`` for the wrong person or moment.
    """

    name: str
    label: Any
    run: Callable[..., Any]
    transition: str = ""
    permission: str = ""
    when: Callable[[Any], bool] | None = None
    form_class: type[ActionForm] = ActionForm
    kind: str = "primary"
    explain: Any = ""
    done: Any = DONE

    def is_for(self, obj: Any, user: Any) -> bool:
        """Whether this person may, asked before what was typed is looked at."""
        if self.permission and not has_perm(self.permission, user, obj):
            return False
        return not self.transition or may_perform(obj, self.transition, user)

    def is_now(self, obj: Any) -> bool:
        """Whether the moment is right, beside what the transition itself asks."""
        return self.when is None or self.when(obj)

    def is_open(self, obj: Any, user: Any) -> bool:
        return (
            self.is_for(obj, user)
            and self.is_now(obj)
            and (not self.transition or can_perform(obj, self.transition, user))
        )
