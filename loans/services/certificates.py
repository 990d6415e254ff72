"""완납증명서: issued once when a loan is repaid, from facts that are kept with it."""

from django.db.models import Sum

from core import clock
from loans.models import Loan, LoanCertificate


def issue_certificate(*, loan: Loan) -> LoanCertificate:
    """The certificate of a repaid loan; its facts are frozen with it. In the caller's transaction."""
    issued = loan.certificates.count()
    paid = loan.instalments.aggregate(
        principal=Sum("paid_principal"), interest=Sum("paid_interest"), late=Sum("paid_late")
    )
    return LoanCertificate.objects.create(
        loan=loan,
        number=f"{loan.number}-C{issued + 1}",
        issued_at=clock.now(),
        content={
            "loan": loan.number,
            "fund": loan.product.fund.name,
            "product": loan.product.name,
            "business": loan.business.name,
            "registration_number": loan.business.registration_number,
            "representative": loan.business.representative,
            "borrower": loan.borrower.name,
            "principal": loan.principal,
            "disbursed_on": str(loan.disbursed_on),
            "repaid_on": str(loan.repaid_on),
            "paid_principal": paid["principal"] or 0,
            "paid_interest": paid["interest"] or 0,
            "paid_late": paid["late"] or 0,
        },
    )
