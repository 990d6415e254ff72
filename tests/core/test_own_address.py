"""A redirect never leads off the site."""

import pytest

from core.own_address import own_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/me/?page=2#x", "/me/?page=2"),
        ("http://testserver/me/", "/me/"),
        ("https://testserver/me/", "/me/"),
        ("http://testserver//evil.example/", "/evil.example/"),
        ("", ""),
        ("//evil.example/", ""),
        ("https://evil.example/", ""),
        ("https:///evil.example", ""),
        ("javascript:alert(1)", ""),
        ("\\\\evil.example", ""),
    ],
)
def test_only_addresses_of_ours_are_kept(rf, url, address):
    assert own_address(rf.get("/"), url) == address
