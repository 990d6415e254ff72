import pytest

from core.privacy.masking import mask_email, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("홍길동", "홍*동"),
        ("이산", "이*"),
        ("남궁길동", "남**동"),
        ("John Smith", "J**n S***h"),
        ("김", "김*"),
        ("", ""),
    ],
)
def test_names(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("010-1234-5678", "010-****-5678"),
        ("02-710-1234", "02-***-1234"),
        ("1588-0000", "1588-****"),
        ("", ""),
    ],
)
def test_phones(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("kimyongsan@example.com", "ki********@example.com"),
        ("kim@example.com", "k**@example.com"),
        ("k@a.kr", "k*@a.kr"),
    ],
)
def test_emails(email, masked):
    assert mask_email(email) == masked
