"""``manage.py prove_balances``: the figures kept on loans are what the ledger says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from loans.models import Loan
from loans.queries.proof import differences


class Command(BaseCommand):
    help = "Replay every loan's ledger and compare it with the figures kept on the loan."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        for row in found:
            self.stderr.write(f"{row.loan}: {row.what} is {row.kept}, the ledger says {row.replayed}")
        if found:
            raise CommandError(f"{len(found)} figures differ from the ledger.")
        count = Loan.objects.filter(state__in=Loan.PAID_OUT).count()
        self.stdout.write(f"{count} loans agree with their ledgers.")
