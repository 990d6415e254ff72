"""Who keeps the committees, and who reads along."""

from rules.permissions import add_perm

from core.accounts.roles import (
    is_administrator,
    is_auditor,
    is_committee_secretary,
    is_finance_approver,
    is_finance_staff,
    is_programme_staff,
)

reads_along = is_programme_staff | is_finance_staff | is_finance_approver | is_auditor | is_administrator

add_perm("committees.view", is_committee_secretary | reads_along)
add_perm("committees.manage", is_committee_secretary)
