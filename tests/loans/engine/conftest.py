"""The engine needs neither Django nor files, so its tests run without either."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

from loans.engine import daycount, duedates, grid, schedule

settings.register_profile(
    "engine", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
engine = settings.get_profile("engine")
# For a night: ENGINE_PROFILE=engine-deep ENGINE_EXAMPLES=5000
settings.register_profile(
    "engine-deep", engine, max_examples=int(os.environ.get("ENGINE_EXAMPLES", "1000")), derandomize=False
)
# For mutants, which die soon or never: few examples, and no time spent on making them small.
settings.register_profile("engine-mutation", engine, max_examples=6, phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("ENGINE_PROFILE", "engine"))

FORGET = (
    daycount._ACT_ACT.clear,
    daycount._THIRTY_360.clear,
    duedates._MONTH_TABLE.clear,
    duedates._months.cache_clear,
    duedates.adjuster.cache_clear,
    grid._grid.cache_clear,
    schedule.shared_bound.cache_clear,
)


@pytest.fixture(autouse=True)
def _own_files() -> None:
    """Nothing of the platform's is needed here."""


@pytest.fixture(autouse=True)
def _own_figures() -> None:
    """Every test works its days and dates out itself: what another has cached would hide what is broken."""
    for forget in FORGET:
        forget()
