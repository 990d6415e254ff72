"""The office of the incubator, hung into Wagtail's admin."""

from django.urls import URLPattern, path
from wagtail import hooks

from incubator.office.bonus import bonus
from incubator.office.menu import IncubatorGroup


@hooks.register("register_admin_viewset")
def register_incubator() -> IncubatorGroup:
    return IncubatorGroup()


@hooks.register("register_admin_urls")
def register_incubator_urls() -> list[URLPattern]:
    return [path("incubator/bonus/<int:pk>/", bonus, name="incubator_bonus")]
