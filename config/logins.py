"""Logins with an account elsewhere: each is there once its variables are."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from config.env import Env


def social_providers(env: Env) -> dict[str, Any]:
    """allauth's ``SOCIALACCOUNT_PROVIDERS``."""
    known = {
        "kakao": (_("Kakao"), env.kakao_client_id, env.kakao_secret),
        "naver": (_("Naver"), env.naver_client_id, env.naver_secret),
    }
    return {
        provider: {"APP": {"name": name, "client_id": client_id, "secret": secret.get_secret_value()}}
        for provider, (name, client_id, secret) in known.items()
        if client_id
    }
