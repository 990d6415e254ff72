from typing import Any

from rules.permissions import has_perm

from core.errors import NotAllowed


def must_manage(by: Any) -> None:
    if not has_perm("committees.manage", by):
        raise NotAllowed
