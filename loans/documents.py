"""The papers of a loan, set as PDF."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from core.documents.issuer import issuer
from core.documents.pdf import render_pdf
from core.money import format_won, won_in_words
from loans.models import LoanCertificate

TEMPLATE = "loans/typst/certificate.typ"


def certificate_pdf(certificate: LoanCertificate) -> bytes:
    """완납증명서 as PDF, from the facts frozen when it was issued."""
    return render_pdf(TEMPLATE, certificate_facts(certificate))


def certificate_facts(certificate: LoanCertificate) -> dict[str, Any]:
    """What the template shows, in Korean whoever asks: facts, with amounts in digits and in words."""
    with override("ko"):
        return _facts(certificate)


def _facts(certificate: LoanCertificate) -> dict[str, Any]:
    facts = certificate.content
    return {
        **facts,
        "number": certificate.number,
        "issuer": issuer(),
        "issued": _korean_day(timezone.localdate(certificate.issued_at)),
        "disbursed": _korean_day(date.fromisoformat(facts["disbursed_on"])),
        "repaid": _korean_day(date.fromisoformat(facts["repaid_on"])),
        "principal_digits": format_won(facts["principal"]),
        "principal_words": f"금 {won_in_words(facts['principal'])}원정",
        "interest_digits": format_won(facts["paid_interest"]),
        "late_digits": format_won(facts["paid_late"]),
        "total_digits": format_won(facts["paid_principal"] + facts["paid_interest"] + facts["paid_late"]),
    }


def _korean_day(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"
