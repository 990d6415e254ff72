"""The end of a participation."""

from core.accounts.models import User
from core.workflow.perform import perform
from incubator.models import Application


def graduate(
    *, by: User, application: Application, reason: str = "", expected_version: int | None = None
) -> Application:
    """The plan is completed."""
    return perform(application, "graduate", by=by, reason=reason, expected_version=expected_version)
