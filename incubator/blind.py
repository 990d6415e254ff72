"""The blind review: what would tell who applies is struck out of every text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.accounts.numbers import digits
from incubator.models import Application

STRUCK_OUT = "○○○"
_SHORTEST = 2
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(r"(?<!\d)0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}(?!\d)")
_BUSINESS_NUMBER = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)")
_LEGAL_FORM = re.compile(r"주식회사|유한회사|\(주\)|㈜")


@dataclass(frozen=True, slots=True)
class Redactor:
    """Strikes out names, e-mail addresses, telephone and registration numbers."""

    pattern: re.Pattern[str] | None

    @classmethod
    def for_application(cls, application: Application, content: dict[str, Any] | None = None) -> "Redactor":
        """Of the live application and, where given, of the frozen version's team."""
        words = [application.applicant.name, application.applicant.email]
        words += [member.name for member in application.team.all()]
        words += [member["name"] for member in (content or {}).get("team", [])]
        if business := application.business:
            bare = _LEGAL_FORM.sub("", business.name).strip()
            words += [
                business.name,
                bare,
                business.representative,
                business.registration_number or "",
                digits(business.registration_number or ""),
            ]
        return cls(_pattern(words))

    def __call__(self, text: str) -> str:
        if self.pattern is not None:
            text = self.pattern.sub(STRUCK_OUT, text)
        for always in (_EMAIL, _BUSINESS_NUMBER, _PHONE):
            text = always.sub(STRUCK_OUT, text)
        return text


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Longest first, so that a name inside a longer one leaves no rest; only at the start of a word."""
    known = sorted({word.strip() for word in words if len(word.strip()) >= _SHORTEST}, key=len, reverse=True)
    if not known:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})", re.IGNORECASE)
