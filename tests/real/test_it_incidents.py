"""Real incidents: a public ServiceNow log under the service-desk plan, held against its own flag.

Needs `it_incidents.csv.gz` in the folder that WORKFLOW_DATA names; skipped, saying so, without.
"""

import pytest

from workflow.cases import State
from workflow.plans import load_plan
from workflow.reports.log_mapping import read_mapping
from workflow.reports.read_log import read_log
from workflow.reports.replay import replay

LEAST = 0.998  # of all 12,531 incidents
LEAST_MODERATE = 0.9993
LEAST_PLAIN = 0.992  # the plain reading: every hour but those of Saturday and Sunday


@pytest.fixture(scope="module")
def told(project, real_data):
    path = real_data / "it_incidents.csv.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} in the folder that WORKFLOW_DATA names")
    examples = project / "examples" / "real"
    form = read_mapping(examples / "it_incidents.yaml")
    plan = load_plan(examples / "service-desk.yaml")
    return replay(plan, read_log(path, form), form=form, leave_out_refused=True)


def test_every_incident_of_the_log_becomes_a_case_and_no_event_is_refused(told):
    assert len(told.cases) == 12_531
    assert not told.refused
    assert told.stages == {"closed": 12_531}


def test_the_plan_reproduces_the_logs_own_flag(told, capsys):
    flag = told.comparisons[0]
    with capsys.disabled():
        print(f"\nIT incidents: {flag.agreed} of {flag.total} flags ({flag.share:.2%}); misses:")
        for cause, found in flag.causes().items():
            print(f"  {len(found):4} {cause}")
    assert flag.total == 12_531
    assert flag.silent == 0
    assert flag.share >= LEAST
    agreed, total = flag.groups()["moderate"]
    assert agreed / total >= LEAST_MODERATE


def test_every_disagreement_is_listed_with_a_cause(told):
    for comparison in told.comparisons:
        assert len(comparison.disagreements) == comparison.total - comparison.agreed
        assert all(it.cause for it in comparison.disagreements)


def test_the_plain_reading_explains_less(told):
    flag, plain = told.comparisons
    assert LEAST_PLAIN <= plain.share < flag.share


def test_the_reading_holds_in_the_half_of_the_log_that_came_later(told):
    """The limits were read off the flags; a reading that only fits by chance would not hold."""
    flag = told.comparisons[0]
    later = sorted(told.cases)[len(told.cases) // 2 :]  # the ids follow the opening
    wrong = {it.case for it in flag.disagreements}
    assert 1 - len(wrong.intersection(later)) / len(later) >= LEAST


def test_five_days_and_an_hourly_sweep_close_what_was_resolved(told):
    """84.7 % of the cases with a time of resolving, says the page that comes with the data."""
    closed = [
        clock
        for case in told.cases.values()
        for clock in case.status_at(told.now).of("automatic-close")
        if clock.state in {State.MET, State.MET_LATE}
    ]
    swept = sum(clock.state is State.MET and clock.target_missed for clock in closed)
    assert 0.80 <= swept / len(closed) <= 0.86


def test_waiting_for_others_pauses_the_time_for_resolving(told):
    case = told.cases["i00001"]  # waited from 09:14, resolved 09:52, outside service hours
    clock = case.status_at(told.now)["resolving"]
    assert clock.state is State.MET
    assert not clock.target_missed
