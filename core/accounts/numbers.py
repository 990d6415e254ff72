"""Check digits and shapes of Korean numbers: business registration, corporation, telephone, postcode."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_PHONE = re.compile(
    r"^(02-\d{3,4}-\d{4}|01\d-\d{3,4}-\d{4}|0\d{2}-\d{3,4}-\d{4}|1[5-9]\d{2}-\d{4})$",
    re.ASCII,  # “１” would make a second business of the same number
)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text or "", flags=re.ASCII)


def is_business_number(text: str) -> bool:
    """Whether ``text`` is a 사업자등록번호 with a right check digit, with or without hyphens."""
    if not re.fullmatch(r"\d{3}-?\d{2}-?\d{5}", text or "", re.ASCII):
        return False
    numbers = [int(digit) for digit in digits(text)]
    total = sum(number * weight for number, weight in zip(numbers[:9], _BUSINESS_WEIGHTS, strict=True))
    total += numbers[8] * 5 // 10
    return (10 - total % 10) % 10 == numbers[9]


def format_business_number(text: str) -> str:
    """``1234567891`` → ``123-45-67891``."""
    plain = digits(text)
    return f"{plain[:3]}-{plain[3:5]}-{plain[5:]}"


def is_corporate_number(text: str) -> bool:
    """Whether the check digit of a 법인등록번호 is right. It may be gone since 2025: warn, never reject."""
    numbers = [int(digit) for digit in digits(text)]
    if len(numbers) != 13:  # noqa: PLR2004
        return False
    total = sum(number * (1 + index % 2) for index, number in enumerate(numbers[:12]))
    return (10 - total % 10) % 10 == numbers[12]


def validate_business_number(text: str) -> None:
    if not is_business_number(text):
        raise ValidationError(
            _("This is not a valid business registration number. Please check all 10 digits."),
            code="business_number",
        )


def validate_corporate_number_shape(text: str) -> None:
    if not re.fullmatch(r"\d{6}-?\d{7}", text or "", re.ASCII):
        raise ValidationError(_("Write the corporation number as 000000-0000000."), code="corporate_number")


def validate_phone(text: str) -> None:
    if not _PHONE.match(text or ""):
        raise ValidationError(_("Write the telephone number as 010-0000-0000 or 02-000-0000."), code="phone")


def validate_postcode(text: str) -> None:
    if not re.fullmatch(r"\d{5}", text or "", re.ASCII):
        raise ValidationError(_("A postcode has 5 digits."), code="postcode")
