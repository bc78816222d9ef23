"""The JSON Schema for editors: fresh, valid, true of every documented plan, able to refuse."""

import json
from importlib.resources import files

import jsonschema
import pytest

from workflow import plans
from workflow.plans.document import read_text
from workflow.plans.schema import plan_schema, schema_text

LIBRARY = files("workflow.plans").joinpath("library")
CHECKED_IN = files("workflow.plans").joinpath("plan.schema.json")


def content(name):
    return read_text(LIBRARY.joinpath(f"{name}.yaml").read_text(encoding="utf-8")).content


def refused(changed):
    return [
        ".".join(map(str, error.absolute_path))
        for error in jsonschema.Draft202012Validator(plan_schema()).iter_errors(changed)
    ]


def test_the_schema_in_the_package_is_the_one_that_the_classes_give():
    assert CHECKED_IN.read_text(encoding="utf-8") == schema_text(), (
        "write it again: python -m workflow.plans.schema > src/workflow/plans/plan.schema.json"
    )


def test_it_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("name", plans.names())
def test_every_documented_plan_fits_the_schema(name):
    assert refused(content(name)) == []


def test_every_key_and_every_definition_has_a_meaning():
    schema = plan_schema()
    entries = [schema, *schema["$defs"].values()]
    for entry in entries:
        for shape in entry.get("anyOf", [entry]):
            if "additionalProperties" in shape and "description" in shape:
                assert all("description" in key for key in shape["properties"].values())


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda plan: plan.update(colour="red"), ""),
        (lambda plan: plan.update(workflow=2), "workflow"),
        (lambda plan: plan.pop("timezone"), ""),
        (lambda plan: plan["obligations"][0].update(whom="x"), "obligations.0"),
        (lambda plan: plan["obligations"][0].update(soft="yes"), "obligations.0.soft"),
        (lambda plan: plan["obligations"][0].update(within=3), "obligations.0.within"),
        (
            lambda plan: plan["obligations"][0].update(within={"workdays": 3}),
            "obligations.0.within",
        ),
        (lambda plan: plan["levels"][0].update(criteria="abc"), "levels.0.criteria"),
    ],
)
def test_what_the_loader_refuses_for_its_form_the_schema_refuses_too(change, where):
    plan = content("municipal-investment-group")

    change(plan)

    assert where in refused(plan)
