"""What every answer says about what a browser may do with it."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def headers(db):
    def read(url):
        return Client().get(url).headers

    return read


def test_public_pages_run_only_our_own_files(headers):
    policy = headers(reverse("account_login"))["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "https://checkout.stripe.com" in policy


def test_the_office_may_show_previews_in_frames(headers):
    policy = headers(reverse("wagtailadmin_home"))["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'self'" in policy


def test_the_other_headers(headers):
    answer = headers(reverse("account_login"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
