"""What every test sees: Hypothesis profiles and the folder of real event data, if there is one."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
# The slow oracles are plain modules beside the tests; they share no code with the package.
sys.path.insert(0, str(HERE / "oracle"))

# Workers of a test run are told the width of a terminal that is not theirs; what is printed here
# is as wide as what is piped.
os.environ["COLUMNS"] = "110"

_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same examples on every machine, so that a change is judged by what it changes; `quick` and
# `nightly` look for new ones.
settings.register_profile("default", max_examples=200, derandomize=True, **_CALM)
settings.register_profile("quick", max_examples=25, **_CALM)
settings.register_profile("nightly", max_examples=5000, print_blob=True, **_CALM)
settings.load_profile("default")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with public event logs that WORKFLOW_DATA names."""
    named = os.environ.get("WORKFLOW_DATA", "")
    if not named or not Path(named).is_dir():
        pytest.skip("no real event data: set WORKFLOW_DATA to the folder that holds it")
    return Path(named).resolve()


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the project."""
    return HERE.parent
