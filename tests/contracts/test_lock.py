"""What may stand in the lock: no AGPL code, and never the dead package that shares django-fsm-2's import name."""

import tomllib
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def locked():
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return {package["name"] for package in packages}


def test_django_fsm_is_not_in_the_lock():
    assert "django-fsm-2" in locked()
    assert not locked() & {"django-fsm", "viewflow"}


def test_no_installed_package_is_agpl():
    ours = locked()
    for distribution in distributions():
        meta = distribution.metadata
        if meta["Name"].lower().replace("_", "-") in ours:
            licences = [
                meta["License-Expression"] or "",
                meta["License"] or "",
                *meta.get_all("Classifier", []),
            ]
            assert not any(
                "agpl" in text[:200].lower() or "affero" in text[:200].lower() for text in licences
            ), f"{meta['Name']}: {licences[:2]}"
