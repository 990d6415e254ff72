from wagtail import hooks

from core.committees.office.viewsets import CommitteesGroup


@hooks.register("register_admin_viewset")
def register_committees() -> CommitteesGroup:
    return CommitteesGroup()
