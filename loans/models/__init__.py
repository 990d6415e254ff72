from loans.models.applications import EligibilityCheck, LoanApplication
from loans.models.closing import DayClose, DayCloseError
from loans.models.funds import Fund, FundYear
from loans.models.ledger import LedgerEntry, LoanInstalment
from loans.models.loan import Loan, LoanCertificate
from loans.models.products import Product
from loans.models.requirements import EligibilityItem, ProductDocument
from loans.models.rounds import LoanRound

__all__ = [
    "DayClose",
    "DayCloseError",
    "EligibilityCheck",
    "EligibilityItem",
    "Fund",
    "FundYear",
    "LedgerEntry",
    "Loan",
    "LoanApplication",
    "LoanCertificate",
    "LoanInstalment",
    "LoanRound",
    "Product",
    "ProductDocument",
]
