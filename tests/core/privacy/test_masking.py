import pytest

from core.privacy.masking import mask_email, mask_name


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
    ("email", "masked"),
    [
        ("kimyongsan@example.com", "ki********@example.com"),
        ("kim@example.com", "k**@example.com"),
        ("k@a.kr", "k*@a.kr"),
    ],
)
def test_emails(email, masked):
    assert mask_email(email) == masked
