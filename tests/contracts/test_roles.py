"""The roles are groups, made by a migration; only the office's may enter the office."""

import pytest
from django.contrib.auth.models import Group, Permission

from core.accounts.roles import OFFICE_ROLES, Role

pytestmark = pytest.mark.django_db


def test_every_role_is_a_group_and_every_group_a_role():
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


def test_only_office_roles_may_enter_the_office():
    access = Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    assert set(access.group_set.values_list("name", flat=True)) == {role.value for role in OFFICE_ROLES}


def test_the_auditor_may_change_nothing():
    auditor = Group.objects.get(name=Role.AUDITOR)
    harmless = ("access_admin", "view_", "choose_")
    names = auditor.permissions.values_list("codename", flat=True)
    assert [name for name in names if not name.startswith(harmless)] == []
