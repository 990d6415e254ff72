"""Enough of a person to recognise them, not enough to know them."""


def mask_name(name: str) -> str:
    """``홍길동`` → ``홍*동``, ``이산`` → ``이*``, ``John Smith`` → ``J**n S***h``."""
    return " ".join(_mask_word(word) for word in name.split())


def mask_email(email: str) -> str:
    """``kimyongsan@example.com`` → ``ki********@example.com``."""
    local, at, domain = email.partition("@")
    shown = 2 if len(local) > 3 else 1  # noqa: PLR2004
    return f"{local[:shown]}{'*' * max(len(local) - shown, 1)}{at}{domain}"


def _mask_word(word: str) -> str:
    if len(word) <= 2:  # noqa: PLR2004
        return f"{word[:1]}*"
    return f"{word[0]}{'*' * (len(word) - 2)}{word[-1]}"
