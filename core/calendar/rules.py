from rules.permissions import add_perm

from core.accounts.roles import Role, role_predicate

keeps_the_calendar = role_predicate(
    Role.PROGRAMME_STAFF, Role.FINANCE_STAFF, Role.FINANCE_APPROVER, Role.ADMINISTRATOR
)

for action in ("add", "change", "delete"):
    add_perm(f"calendar.{action}_holidayoverride", keeps_the_calendar)
add_perm("calendar.view_holidayoverride", keeps_the_calendar | role_predicate(Role.AUDITOR))
