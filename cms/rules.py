"""Who may read what is not published. Who may write it stands in Wagtail's own permissions."""

from typing import Any

from rules.permissions import add_perm, has_perm

from core.accounts.roles import is_auditor

add_perm("cms.read_content", is_auditor)


def may_read_content(user: Any) -> bool:
    """Whether the person reads all content in the office, whatever they may write."""
    return bool(has_perm("cms.read_content", user))
