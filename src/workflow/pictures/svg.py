"""SVG as text: elements, escaped words, and a sheet that stands alone.

Markup and words are different types, so that nothing reaches a picture unescaped. The output
depends on its arguments alone: the same picture is the same text, byte for byte.
Source: SVG 1.1; XML 1.0 section 2.2 for the characters that may stand in a document.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Literal, NewType, TypeAlias

from workflow.pictures.palette import patterns, style
from workflow.plans.text import Language

Svg = NewType("Svg", str)
"""Markup: already escaped, ready to stand in a picture."""

Theme: TypeAlias = Literal["auto", "light", "dark"]
"""Which colours: those that the reader's system asks for, or always the same."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def words(text: str) -> Svg:
    """Words as markup: escaped, and what XML cannot hold replaced by U+FFFD."""
    return Svg(_FORBIDDEN.sub("�", text).translate(_ENTITIES))


def number(value: float) -> str:
    """A length as text, to a hundredth of a pixel, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0", value > -0.005)


def tag(name: str, *inside: Svg, **attributes: str | float | None) -> Svg:
    """An element.

    Args:
        name: Its name.
        inside: What it holds.
        attributes: Its attributes. `class_` is `class`, other underscores are hyphens; one that is
            None is left out.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Svg(f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>")


def text(said: str, x: float, y: float, class_: str, anchor: str | None = None) -> Svg:
    """A line of text whose base line is at `y`."""
    return tag("text", words(said), x=x, y=y, class_=class_, text_anchor=anchor)


def hint(said: str) -> Svg:
    """What a reader sees on pointing at the element that holds it."""
    return tag("title", words(said))


def sheet(
    body: Iterable[Svg],
    *,
    width: float,
    height: float,
    title: str,
    description: str,
    lang: Language,
    theme: Theme = "auto",
) -> str:
    """A whole picture: it stands alone, scales, and tells a screen reader what it shows.

    Patterns carry a mark made from the picture's words, so that several pictures may stand in one
    page. `%mark%` in the body stands for it.

    Args:
        body: What it shows.
        width: Its width in pixels, at full size.
        height: Its height.
        title: What it is.
        description: What it says, in a sentence or two.
        lang: The language of its words.
        theme: Which colours.
    """
    inside = "\n".join(body)
    mark = f"wf{zlib.crc32((title + description + inside).encode()):08x}"
    head = [
        tag("title", words(title), id=f"{mark}-title"),
        tag("desc", words(description), id=f"{mark}-desc"),
        Svg(f"<style>{style(theme)}</style>"),
        Svg(f"<defs>{patterns(mark)}</defs>"),
        tag("rect", class_="wf-paper", width=width, height=height, rx=8),
    ]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wf wf-{theme}" '
        f'lang="{lang}" xml:lang="{lang}" role="img" '
        f'aria-labelledby="{mark}-title {mark}-desc" '
        f'viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}">'
    )
    whole = "\n".join([opening, *head, inside, "</svg>"])
    return whole.replace("%mark%", mark) + "\n"


def _value(value: str | float) -> str:
    return words(value) if isinstance(value, str) else number(value)
