"""`workflow plans` and `workflow show`."""

import json

import pytest

from workflow import plans


def test_every_plan_of_the_catalogue_is_listed(run):
    code, out, _ = run("plans")
    assert code == 0
    for name in plans.names():
        assert name in out


def test_plans_as_json_name_their_levels_stages_and_sections(run):
    found = {it["name"]: it for it in json.loads(run("plans", "--json")[1])}
    group = found["municipal-investment-group"]
    assert group["levels"] == ["major", "serious", "general"]
    assert group["sections"] == ["3"]
    assert group["title"]["zh"] == "市级投资集团"
    assert group["obligations"] == len(plans.load("municipal-investment-group").obligations)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", plans.names())
def test_every_plan_can_be_shown_in_both_languages(run, name, lang):
    code, out, _ = run("show", name, "--lang", lang)
    assert code == 0
    plan = plans.load(name)
    assert plan.title.words(lang).split()[0] in out
    for stage in plan.stages:
        assert stage.id in out
    for owed in plan.obligations:
        assert owed.title.words(lang)[:4] in out


def test_show_as_json_gives_the_document(run):
    said = json.loads(run("show", "municipal-investment-group", "--json")[1])
    assert said["document"]["name"] == "municipal-investment-group"
    assert said["digest"] == plans.load("municipal-investment-group").digest


def test_a_plan_file_is_shown_by_its_path(run, project):
    code, out, _ = run("show", project / "examples" / "real" / "service-desk.yaml")
    assert code == 0
    assert "IT service desk" in out
    assert "62.01" in out


def test_an_unknown_plan_names_the_nearest(refused):
    assert 'Did you mean "township"?' in refused("show", "townshp")


def test_a_plan_file_that_is_not_there_is_one_line(refused, tmp_path):
    assert "nowhere.yaml" in refused("show", tmp_path / "nowhere.yaml")


def test_a_folder_is_no_plan_file(refused, tmp_path):
    assert str(tmp_path) in refused("show", tmp_path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a: [", b"just text", b"- 1\n"])
def test_a_file_that_is_no_plan_is_refused_with_its_name(run, tmp_path, content):
    file = tmp_path / "broken.yaml"
    file.write_bytes(content)
    code, out, err = run("show", file)
    assert code == 2
    assert not out
    assert all(line.startswith("workflow: ") for line in err.splitlines())
    assert "broken.yaml" in err


def test_each_fault_of_a_plan_document_is_a_line_of_its_own(run, tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text("workflow: 1\nname: it\nversoin: '1'\n", encoding="utf-8")
    code, _, err = run("show", file)
    assert code == 2
    assert 'Did you mean "version"?' in err
    assert all("plan.yaml" in line for line in err.splitlines())
