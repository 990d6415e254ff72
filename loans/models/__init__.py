from loans.models.applications import EligibilityCheck, LoanApplication
from loans.models.closing import DayClose, DayCloseError
from loans.models.funds import EligibilityItem, Fund, FundYear, Product, ProductDocument
from loans.models.ledger import LedgerEntry, LoanInstalment
from loans.models.loan import Loan, LoanCertificate
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
