from rules.permissions import add_perm

from core.accounts.roles import Role, role_predicate

sends_notices = role_predicate(Role.PROGRAMME_STAFF, Role.FINANCE_STAFF, Role.ADMINISTRATOR)
sees_notices = role_predicate(Role.PROGRAMME_STAFF, Role.FINANCE_STAFF, Role.ADMINISTRATOR, Role.AUDITOR)

add_perm("notices.view_notice", sees_notices)
add_perm("notices.send_again", sends_notices)
