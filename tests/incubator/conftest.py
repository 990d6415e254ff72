import pytest

from tests.incubator import factories as make


@pytest.fixture
def office(client):
    client.force_login(make.staff())
    return client
