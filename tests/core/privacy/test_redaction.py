"""Free text loses what names a person and keeps what helps to find a fault."""

import pytest

from core.privacy.redaction import WITHHELD, redact


@pytest.mark.parametrize(
    "personal",
    [
        "hong.gil-dong+a@mail.example.co.kr",
        "010-1234-5678",
        "01012345678",
        "02-123-4567",
        "+82 10-1234-5678",
        "900101-1234567",
        "9001011234567",
        "110111-1234567",
        "106-88-00125",
        "110-123-456789",
    ],
)
@pytest.mark.parametrize("around", ["{}", "값 {}은(는) 틀렸습니다", "('{}',)", 'x="{}"', "{}, 5"])
def test_what_names_a_person_is_withheld(personal, around):
    assert redact(around.format(personal)) == around.format(WITHHELD)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Key (email, name)=(a, 홍길동) already exists.", f"Key (email, name)=({WITHHELD}) already exists."),
        ('syntax error in tsquery: "홍길동"', f'syntax error in tsquery: "{WITHHELD}"'),
        ('fts5: syntax error near "홍길동"', f'fts5: syntax error near "{WITHHELD}"'),
        ("LINE 1: INSERT INTO x VALUES ('홍길동')\n    ^", f"LINE 1: {WITHHELD}\n    ^"),
        ("DETAIL:  Failing row contains (홍길동).\nHINT:  none", f"DETAIL: {WITHHELD}\nHINT:  none"),
        (
            "Not Found: /accounts/confirm-email/MzE:1t:key/x/",
            f"Not Found: /accounts/confirm-email/{WITHHELD}/x/",
        ),
        ("Gone: /accounts/password/reset/key/1-abc/", f"Gone: /accounts/password/reset/key/{WITHHELD}/"),
    ],
)
def test_what_a_database_or_an_address_tells_is_withheld(text, left):
    assert redact(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-26T08:43:12.123456+09:00",
        "Not Found: /office/loans/loans/17/",
        'File "/app/core/notices/services/outbox.py", line 40, in queue_notice',
        "00000000-0000-4000-8000-000000000000",
        "f1d2d2f924e986ac86fdf7b36c94bcdf32beec15",
        "KeyError: 'state'",
        "₩50,000,000",
    ],
)
def test_what_helps_stays(text):
    assert redact(text) == text
