"""The engine needs neither Django nor files, so its tests run without either."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "engine", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("engine-deep", parent=settings.get_profile("engine"), max_examples=int(os.environ.get("ENGINE_EXAMPLES", "1000")), derandomize=False)
settings.load_profile(os.environ.get("ENGINE_PROFILE", "engine"))


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """Nothing of the platform's is needed here."""
