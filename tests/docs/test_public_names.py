"""Every public name has its meaning beside it and its place in the reference."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import workflow

ROOT = Path(__file__).parents[2]
DIRECTIVE = re.compile(r"^\.\. auto(\w+):: ([\w.]+)\n((?:   :.*\n)*)", re.MULTILINE)
PUBLIC = [
    module
    for module in (
        workflow,
        *(
            importlib.import_module(f"workflow.{found.name}")
            for found in pkgutil.iter_modules(workflow.__path__)
            if found.name != "__main__"
        ),
    )
    if hasattr(module, "__all__")
]


def found(dotted, kind):
    """What a dotted name names; a module only if that kind is asked for."""
    if kind == "module":
        return importlib.import_module(dotted)
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def documented(pages):
    """The classes and functions that the directives of these pages show, and names of values."""
    shown, values = [], set()
    for page in pages:
        for kind, name, options in DIRECTIVE.findall(page.read_text("utf-8")):
            if kind == "data":
                values.add(name)
            elif kind != "module":
                shown.append(found(name, kind))
            elif ":members:" in options:
                module = found(name, kind)
                only = re.search(r":members: (.+)", options)
                names = re.split(r", *", only[1]) if only else [*vars(module)]
                shown += [
                    it
                    for it in (getattr(module, name) for name in names if name[0] != "_")
                    if getattr(it, "__module__", None) == module.__name__
                ]
    return shown, values


def gaps(module, shown, values):
    """The names of a module that have no docstring, or no place in the reference."""
    for name in module.__all__:
        it = getattr(module, name)
        if inspect.ismodule(it):
            continue
        if not (inspect.isclass(it) or inspect.isfunction(it)):
            if f"{module.__name__}.{name}" not in values:
                yield f"{name} is not in the reference"
            continue
        if not any(it is one for one in shown):
            yield f"{name} is not in the reference"
        said = {name: it.__doc__}
        if inspect.isclass(it):
            said |= {
                f"{name}.{key}": value.__doc__
                for key, value in vars(it).items()
                if not key.startswith("_")
                and (inspect.isfunction(value) or isinstance(value, classmethod | property))
            }
        yield from (f"{key} has no docstring" for key, text in said.items() if not text)


@pytest.fixture(scope="module")
def reference():
    return documented(sorted((ROOT / "docs" / "reference").glob("*.md")))


@pytest.mark.parametrize("module", PUBLIC, ids=lambda it: it.__name__)
def test_every_public_name_says_what_it_means_and_stands_in_the_reference(module, reference):
    assert list(gaps(module, *reference)) == []


def test_a_name_without_a_docstring_or_a_place_would_be_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(".. autoclass:: workflow.stores.Unit\n   :members:\n", "utf-8")

    class Bare:
        def quiet(self): ...

    module = type(inspect)("bare")
    module.Unit, module.Bare, module.VALUE = workflow.stores.Unit, Bare, 7
    module.__all__ = ["Unit", "Bare", "VALUE"]
    assert list(gaps(module, *documented([page]))) == [
        "Bare is not in the reference",
        "Bare has no docstring",
        "Bare.quiet has no docstring",
        "VALUE is not in the reference",
    ]
