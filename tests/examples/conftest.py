"""A desk for each test, and somebody who visits it."""

import desk_house
import pytest


@pytest.fixture
def house(tmp_path):
    served = desk_house.House(tmp_path)
    yield served
    served.close()


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
