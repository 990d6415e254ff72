"""What the views of this room share."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.accounts.requests import signed_in
from incubator.models import Application
from incubator.queries.applications import own_applications


def own_application(request: HttpRequest, pk: int) -> Application:
    """The applicant's own; for everybody else it does not exist."""
    return get_object_or_404(own_applications(signed_in(request)), pk=pk)
