"""A desk for each test, and somebody who visits it."""

import desk_house
import pytest


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """One server for all: what a desk knows is in its file."""
    served = desk_house.House(tmp_path_factory.mktemp("desk"))
    yield served
    served.close()


@pytest.fixture
def house(server, tmp_path):
    """A desk that knows nothing yet, at the start of its time."""
    server.renew(tmp_path / "desk.db", desk_house.START)
    return server


@pytest.fixture
def visitor(house):
    """Gives somebody who is signed in under that name, or a stranger."""
    here = []

    def arrive(name=None):
        one = desk_house.Visitor(house)
        here.append(one)
        if name is not None:
            assert one.sign_in(name).status_code == 303
        return one

    yield arrive
    for one in here:
        one.close()
