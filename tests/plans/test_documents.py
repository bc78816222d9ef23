"""Plan documents: files that cannot be read, YAML and TOML, digests, parameters."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow import load_plan, plans
from workflow.deadlines.working_days import WorkingDays
from workflow.durations import Duration
from workflow.errors import PlanDocumentError, PlanError, UnknownPlanError, WorkflowError

SMALL = """\
workflow: 1
name: complaints
version: "1"
timezone: Europe/Vienna
calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}, special_days: {2026-12-24: ["09:00-12:00"]}}}
calendar: office
parameters: {reply-time: {en: Time for a reply}}
stages: [{id: assess}, {id: closed}]
opens: [received]
events: {received: Complaint received, answered: Answer sent, closed: Matter closed}
transitions: [{event: closed, from: open, to: closed}]
obligations:
  - {id: answer, from: received, within: 14 days, fulfilled_by: answered, section: 1.10}
  - {id: reply, from: received, within: {parameter: reply-time}, fulfilled_by: answered}
  - {id: tell, simultaneous_with: answer, fulfilled_by: [answered]}
"""

SMALL_TOML = """\
workflow = 1
name = "complaints"
version = "1"
timezone = "Europe/Vienna"
calendar = "office"
opens = ["received"]
stages = [{id = "assess"}, {id = "closed"}]
transitions = [{event = "closed", from = "open", to = "closed"}]
[calendars.office]
hours = {mon-fri = ["09:00-17:00"]}
special_days = {2026-12-24 = ["09:00-12:00"]}
[parameters]
reply-time = {en = "Time for a reply"}
[events]
received = "Complaint received"
answered = "Answer sent"
closed = "Matter closed"
[[obligations]]
id = "answer"
from = "received"
within = "14 days"
fulfilled_by = "answered"
section = "1.10"
[[obligations]]
id = "reply"
from = "received"
within = {parameter = "reply-time"}
fulfilled_by = "answered"
[[obligations]]
id = "tell"
simultaneous_with = "answer"
fulfilled_by = ["answered"]
"""


def said(call, *args, **options):
    with pytest.raises(PlanDocumentError) as caught:
        call(*args, **options)
    return str(caught.value)


# Files.


def test_a_directory_is_one_clear_fault(tmp_path):
    assert said(load_plan, tmp_path) == (
        f"{tmp_path}: It is a directory, not a plan document. Name one file in it."
    )


def test_a_missing_file_names_the_nearest_one(tmp_path):
    (tmp_path / "city.yaml").write_text(SMALL, encoding="utf-8")

    assert said(load_plan, tmp_path / "citi.yaml") == (
        f'{tmp_path}/citi.yaml: There is no such file. Did you mean "city.yaml"?'
    )


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")

    assert said(load_plan, tmp_path / "plan.json") == (
        f"{tmp_path}/plan.json: It is no plan document. Allowed: .yaml, .yml, .toml."
    )


def test_an_empty_file_says_how_a_plan_begins(tmp_path):
    path = tmp_path / "empty.yaml"
    path.write_text("\n \n", encoding="utf-8")

    assert said(load_plan, path) == (
        f'{path}: It is empty. A plan begins with "workflow: 1" and a name.'
    )


def test_a_file_in_another_encoding_names_the_line(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes("workflow: 1\nname: 城\n".encode("gb18030"))

    assert said(load_plan, path) == (
        f"{path}:2: It is not UTF-8 text. Allowed: UTF-8. Save the file as UTF-8."
    )


def test_a_byte_order_mark_is_read_over(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())

    assert load_plan(path) == plans.loads(SMALL)


def test_a_huge_file_is_refused_without_being_parsed(tmp_path):
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"a: [\n" * 1_000_001)

    assert said(load_plan, path) == f"{path}: It is too large. Allowed: at most 5,000,000 bytes."


def test_a_null_byte_in_the_name_is_one_clear_fault():
    assert "There is no such file" in said(load_plan, "a\0b.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1\nb: 2\n", "city.yaml:2: It is not YAML: expected ',' or ']', but got ':'."),
        (
            "a:\n\t- b\n",
            "city.yaml:2: It is not YAML: found character '\\t' that cannot start any token.",
        ),
        ("a: 1\nb: \x07\n", "city.yaml:2: The character U+0007 may not stand here."),
        ("- a\n", "city.yaml: The document is a list. Allowed: a mapping of the plan's keys."),
        ("abc\n", "city.yaml: The document is text. Allowed: a mapping of the plan's keys."),
        ("# nothing\n", "city.yaml: It is empty."),
        (
            "a: 1\n---\nb: 2\n",
            "city.yaml:2: A second document begins here. Allowed: one document in a file.",
        ),
        ("a: " + "[" * 30 + "]" * 30, "city.yaml:1: It is nested more than 20 deep."),
        (
            "a:\n  ? [b]\n  : c\n",
            "city.yaml:2, a: A key is not text. Allowed: a word, such as name.",
        ),
    ],
)
def test_text_that_cannot_be_parsed_is_one_fault_with_its_line(text, expected):
    assert said(plans.loads, text, name="city.yaml") == expected


def test_an_unknown_format_is_refused():
    assert said(plans.loads, SMALL, format="json") == (
        '<text>: "json" is not a format. Allowed: yaml, toml.'
    )


# YAML.


def test_words_that_older_yaml_reads_as_truth_or_numbers_stay_text():
    plan = plans.loads(SMALL.replace('version: "1"', "version: 1:30").replace("answered", "no"))

    assert plan.version == "1:30"
    assert plan.obligation("answer").fulfilled_by == ("no",)


def test_a_section_keeps_the_digits_it_was_written_with():
    assert plans.loads(SMALL).obligation("answer").origin.section == "1.10"


def test_bombs_of_aliases_are_refused_and_not_followed():
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]

    assert "is a YAML alias. Write the value out." in said(plans.loads, "\n".join(lines))


# TOML.


def test_toml_says_the_same_as_yaml_and_has_the_same_digest():
    assert plans.loads(SMALL_TOML, format="toml") == plans.loads(SMALL)


def test_toml_faults_name_the_field_alone():
    text = SMALL_TOML.replace("14 days", "14 dais").replace('["answered"]', '["answerd"]')

    within, event = said(plans.loads, text, format="toml", name="city.toml").split("\n")

    assert within == (
        'city.toml, obligations[0].within: "14 dais" is not an amount of time. Allowed: a number '
        "and s, min, h, days, weeks, months, years, working min, working hours, working days; or "
        'same day, promised, promptly. Did you mean "14 days"?'
    )
    known = ", ".join(it.id for it in plans.loads(SMALL).events)
    assert event == (
        'city.toml, obligations[2].fulfilled_by[0]: The plan has no event "answerd". '
        f'Allowed: {known}. Did you mean "answered"?'
    )


def test_toml_that_cannot_be_parsed_gives_the_parser_s_words():
    with pytest.raises(tomllib.TOMLDecodeError) as parser:
        tomllib.loads("a = \n")

    assert said(plans.loads, "a = \n", format="toml") == f"<text>: It is not TOML: {parser.value}."


# Digests.


def test_the_order_of_keys_plays_no_part_in_the_digest_and_that_of_lists_does():
    head, obligations = SMALL.split("obligations:\n")
    turned = "obligations:\n" + obligations + "\n".join(reversed(head.splitlines()))
    swapped = SMALL.replace(
        "[{id: assess}, {id: closed}]", "[{id: assess}, {id: review}, {id: closed}]"
    )

    assert plans.loads(turned) == plans.loads(SMALL)
    assert plans.loads(turned).digest == plans.loads(SMALL).digest
    two, other = (
        plans.loads(SMALL.replace("opens: [received]", f"opens: {order}"))
        for order in ("[received, noted]", "[noted, received]")
    )
    assert two != other
    assert "review" in said(plans.loads, swapped)


def test_any_change_of_what_is_said_changes_the_digest():
    assert plans.loads(SMALL).digest != plans.loads(SMALL.replace("14 days", "15 days")).digest
    assert plans.loads(SMALL).digest != plans.loads(SMALL.replace("Answer sent", "Sent")).digest


def test_comments_and_layout_play_no_part_in_the_digest():
    assert plans.loads("# a comment\n\n" + SMALL).digest == plans.loads(SMALL).digest


# What is put together.


def test_a_duty_at_the_same_time_shares_event_and_time():
    plan = plans.loads(SMALL)

    assert plan.obligation("tell").anchors == ("received",)
    assert plan.obligation("tell").due == plan.obligation("answer").due
    assert plan.obligation("tell").simultaneous_with == "answer"


def test_standard_events_are_there_and_may_be_restated():
    plan = plans.loads(
        SMALL.replace("received: Complaint", "noted: A note was made, received: Complaint")
    )

    assert str(plan.event("noted").title) == "A note was made"
    assert str(plan.event("approved").title) == "Approved"
    assert len({event.id for event in plan.events}) == len(plan.events)


def test_the_word_for_no_number_stands_in_the_rule_and_in_the_origin():
    for spelling in ("{promptly: at once}", "promptly, word: at once"):
        owed = plans.loads(SMALL.replace("within: 14 days", f"within: {spelling}")).obligation(
            "answer"
        )
        assert (owed.due.limit.word, owed.origin.word) == ("at once", "at once")


# Parameters.


def test_a_time_that_the_text_leaves_open_is_set_by_the_adopter_and_changes_the_digest():
    plan = plans.loads(SMALL)
    assert plan.obligation("reply").due.limit is None

    adopted = plans.loads(SMALL, parameters={"reply-time": "3 working days"})

    expected = WorkingDays(amount=Duration.parse("3 working days"))
    assert adopted.obligation("reply").due.limit == expected
    assert adopted.digest != plan.digest
    assert adopted == plans.with_parameters(plan, {"reply-time": expected})
    assert plan.obligation("reply").due.limit is None


def test_an_unknown_parameter_and_a_value_that_is_no_rule_are_told_together():
    assert said(plans.loads, SMALL, parameters={"replytime": "1 h", "reply-time": "soon"}) == (
        '<text>, argument parameters["replytime"]: The plan has no parameter "replytime". '
        'Allowed: reply-time. Did you mean "reply-time"?\n'
        '<text>, argument parameters["reply-time"]: "soon" is not an amount of time. Allowed: '
        "a number and s, min, h, days, weeks, months, years, working min, working hours, working "
        "days; or same day, promised, promptly."
    )


# The catalogue.


def test_names_are_sorted_and_every_documented_plan_loads():
    assert list(plans.names()) == sorted(plans.names())
    for name in plans.names():
        assert plans.load(name).name == name


def test_a_documented_plan_is_read_once():
    assert plans.load("township") is plans.load("township")


def test_an_unknown_plan_names_the_nearest_one():
    with pytest.raises(UnknownPlanError) as caught:
        plans.load("townships")

    assert str(caught.value).startswith('There is no documented plan "townships". Allowed: ')
    assert str(caught.value).endswith('Did you mean "township"?')


def test_times_are_set_in_a_plan_that_was_loaded_only():
    plan = plans.loads(SMALL)
    with pytest.raises(PlanError, match="built in Python"):
        plans.with_parameters(
            plans.build(
                name="small",
                timezone="UTC",
                stages=plan.stages,
                transitions=plan.transitions,
                opens=plan.opens,
                events=plan.events,
                obligations=plan.obligations[:1],
            ),
            {"reply-time": "1 h"},
        )


# Garbage.

SCRAPS = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "? ", "|", ">",
     "'", '"', "#", "%", "@", "`", "---\n", "...\n", "1", "2 h", "null", "~", "<<: ", "\t", "\\", "é",
     "\u2028", "\ud800", "%YAML 9.9\n", "%TAG ! x\n", "!!python/object:os.system ", "workflow: 1\n"]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=30).map("".join), st.sampled_from(["yaml", "toml"]))
def test_garbage_raises_nothing_but_errors_of_the_package(text, written):
    try:
        plans.loads(text, format=written)
    except WorkflowError as error:
        told = str(error)
    else:
        told = "no fault"

    assert told


VALUES = st.recursive(
    st.sampled_from(
        [None, True, 0, 1, -3, 10**30, "", "x", "2 h", "a b", "promptly", "answer", "50%"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "en", "zh", "by", "within", "parameter", "promptly", "every", "x"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(st.data())
def test_any_value_under_any_key_raises_nothing_but_errors_of_the_package(data):
    from ruamel.yaml import YAML
    from ruamel.yaml.compat import StringIO

    content = YAML(typ="safe", pure=True).load(SMALL)
    keys = [
        "obligations",
        "events",
        "calendars",
        "stages",
        "roles",
        "levels",
        "parameters",
        "opens",
    ]
    place = data.draw(st.sampled_from(["plan", "obligation"]))
    if place == "plan":
        content[data.draw(st.sampled_from(keys))] = data.draw(VALUES)
    else:
        from workflow.plans.obligation_entries import ObligationEntry
        from workflow.plans.schema import meanings

        key = data.draw(st.sampled_from(sorted(meanings(ObligationEntry))))
        content["obligations"][0][key] = data.draw(VALUES)
    out = StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = True
    writer.representer.ignore_aliases = lambda _: True
    writer.dump(content, out)
    try:
        plans.loads(out.getvalue())
    except WorkflowError as error:
        told = str(error)
    else:
        told = "no fault"

    assert told


# Times that are compared.


def within(*times):
    return SMALL.replace("within: 14 days", ", ".join(times))


def test_a_target_date_after_the_limit_date_is_a_fault():
    text = within("target: {fixed: 2026-03-03}", "limit: {fixed: 2026-03-02}")

    assert "is later than the limit" in said(plans.loads, text)


def test_a_target_instant_after_the_limit_instant_is_a_fault():
    text = within(
        'target: {fixed: "2026-03-02T10:00+01:00"}', 'limit: {fixed: "2026-03-02T09:30+01:00"}'
    )

    assert "is later than the limit" in said(plans.loads, text)


@pytest.mark.parametrize(
    "times",
    [
        ("target: 3 days", "limit: 48 h"),  # how long three days last depends on the zone
        ("target: P1M3D", "limit: P1M2D"),  # months and days together depend on the date
        ("target: {fixed: 2026-03-03}", 'limit: {fixed: "2026-03-02T09:30+01:00"}'),
        ("target: 2 days", "limit: 2 days"),
    ],
)
def test_times_that_only_the_day_can_compare_are_accepted(times):
    assert plans.loads(within(*times)).obligation("answer").due.target is not None


def test_dates_of_toml_are_read_as_those_of_yaml():
    toml = SMALL_TOML.replace('"14 days"', "{fixed = 2026-03-01}")

    assert plans.loads(toml, format="toml") == plans.loads(within("within: {fixed: 2026-03-01}"))


@pytest.mark.parametrize("deep", [30, 5000])
def test_toml_that_is_nested_too_deep_is_one_fault(deep):
    text = "a = " + "[" * deep + "]" * deep

    assert "nested" in said(plans.loads, text, format="toml")


def test_numbers_of_toml_that_no_plan_needs_stay_text():
    text = SMALL_TOML.replace('"1.10"', "nan") + f"\nnote = {10**30}\n"

    assert plans.loads(text, format="toml").obligation("answer").origin.section == "nan"
    assert plans.loads(text, format="toml").obligation("tell").origin.note == str(10**30)


def test_something_that_is_no_text_is_refused():
    assert said(plans.loads, b"a: 1") == "<text>: bytes is not text. Allowed: text."
