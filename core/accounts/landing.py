"""Where a person's day begins."""

from typing import Any

from django.urls import reverse

from core.accounts.roles import OFFICE_ROLES, Role, has_role


def landing_url(user: Any) -> str:
    """Staff start in the office, mentors at their reviews, everybody else at their own page."""
    if has_role(user, *OFFICE_ROLES):
        return reverse("wagtailadmin_home")
    if has_role(user, Role.MENTOR):
        return reverse("mentor_reviews")
    return reverse("me")
