from rules.permissions import add_perm

from core.accounts.roles import Role, role_predicate

add_perm("privacy.view_accesslog", role_predicate(Role.AUDITOR, Role.ADMINISTRATOR))
