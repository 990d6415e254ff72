from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from wagtail.admin.views import generic

from core.committees.models import Meeting
from core.committees.services import plan_meeting
from core.forms import add_errors


class PlanMeetingView(generic.CreateView):
    """The form of a new meeting; the service plans it."""

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        try:
            self.object = plan_meeting(by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
            self.produced_error_message = self.get_error_message()  # Wagtail sets it for its own errors only
            return self.form_invalid(form)
        return self.save_action()

    def get_success_url(self) -> str:
        planned: Meeting = self.object
        return reverse("committee_meetings:inspect", args=(planned.pk,))
