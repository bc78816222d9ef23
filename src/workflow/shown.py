"""How a value is shown in a notebook, for floors that may not know the pictures.

A notebook asks a value itself for its picture (`_repr_svg_`, `_repr_html_`), but pictures lie four
floors above plans and cases. So the values ask here, and the face of the package, which lies above
all floors, has said here in which module they are drawn. It is imported at the first question.
Decision: docs/decisions/pictures-of-values.md.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

_home: list[str] = []


def draw_in(module: str) -> None:
    """Say in which module values are drawn: it has a table `DRAWERS`, from a name to a function."""
    _home[:] = [module]


def svg_of(kind: str, value: object) -> str | None:
    """The picture of a value, as SVG, or None where nobody draws it.

    Args:
        kind: What it is: `plan`, `case` or `status`.
        value: The value.
    """
    if not _home:
        return None
    drawers: dict[str, Callable[[Any], str | None]] = importlib.import_module(_home[0]).DRAWERS
    draw = drawers.get(kind)
    return None if draw is None else draw(value)


def html_of(kind: str, value: object) -> str | None:
    """The picture of a value within HTML that lets a wide one scroll; None where nobody draws it.

    Args:
        kind: What it is: `plan`, `case` or `status`.
        value: The value.
    """
    drawn = svg_of(kind, value)
    return None if drawn is None else f'<div style="overflow-x:auto">{drawn}</div>'
