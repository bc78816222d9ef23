"""The notebook: a valid document, whose cells run in order and end in pictures."""

import ast
import json
import xml.etree.ElementTree as ET

import pytest

PICTURES = {1, 3, 9}
"""The cells whose last expression is drawn."""


@pytest.fixture(scope="module")
def notebook(request):
    path = request.config.rootpath / "examples" / "notebook.ipynb"
    return json.loads(path.read_text("utf-8"))


def run(source, names):
    """What a notebook shows of a cell: the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)  # noqa: S102 - our own example
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names)  # noqa: S307 - so is this


@pytest.fixture(scope="module")
def shown(notebook):
    names = {}
    return {
        number: run("".join(cell["source"]), names)
        for number, cell in enumerate(notebook["cells"])
        if cell["cell_type"] == "code"
    }


def test_it_is_a_notebook_of_format_4_5(notebook):
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert set(notebook) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        wanted = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            wanted |= {"execution_count", "outputs"}
        assert set(cell) == wanted
        # Lines keep their ends, all but the last: so the format has it.
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        assert not cell["source"][-1].endswith("\n")


def test_it_is_kept_without_outputs_so_that_a_change_of_it_can_be_read(notebook):
    for cell in notebook["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


def test_every_code_cell_runs_in_order(shown):
    assert shown[7] == "2026-02-25T18:00:00+08:00"


def test_a_plan_a_status_and_a_case_are_drawn(shown):
    assert {number for number, value in shown.items() if hasattr(value, "_repr_svg_")} == PICTURES
    for number in PICTURES:
        assert ET.fromstring(shown[number]._repr_svg_()).tag.endswith("svg")  # noqa: S314 - our own


def test_what_was_done_late_is_met_late(shown):
    status = shown[9].status("2026-03-02T09:40+08:00")

    assert status["notify-city"].state.value == "met_late"


def test_each_code_cell_is_written_as_the_formatter_would(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert all(len(line.rstrip("\n")) <= 100 for line in cell["source"])
