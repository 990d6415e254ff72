"""Who stands under the papers that are set as PDF."""

from django.conf import settings


def issuer() -> str:
    """Who signs: the district only where this is its official site."""
    return "서울특별시 용산구청장" if settings.OFFICIAL_SITE else settings.WAGTAIL_SITE_NAME
