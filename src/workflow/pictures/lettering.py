"""How wide words are, without a font at hand: measured by kinds of character, cut and wrapped.

Chinese characters are one em wide; Latin ones are measured by groups, a little too wide rather
than too narrow, since the reader's font is not known.
"""

from __future__ import annotations

import re
import unicodedata

HEAD = 21.0
"""The size at which a head is measured: its letters are 18 pixels and bold, so they are wider."""

_NARROW = frozenset("iljtfrI.,;:'|!()[]/\\ ·-")
_WIDE = frozenset("mwMWQOGD@%—…")
_PIECE = re.compile(r"\s+|[A-Za-z0-9_'’.,;:()&<>/%+-]+|.", re.DOTALL)


def width_of(said: str, size: float) -> float:
    """The width of a line in pixels, at a font size in pixels."""
    return size * sum(_em(each) for each in said)


def cut(said: str, size: float, room: float) -> str:
    """The line, or as much of it as fits with an ellipsis; nothing where not even that fits."""
    if width_of(said, size) <= room:
        return said
    left = room - width_of("…", size)
    kept = ""
    for each in said:
        left -= size * _em(each)
        if left < 0:
            break
        kept += each
    kept = kept.rstrip(" ·,，、;；:：(（")
    return f"{kept}…" if kept else ""


def wrap(said: str, size: float, room: float, most: int) -> list[str]:
    """The words on at most so many lines; what does not fit ends in an ellipsis.

    A line breaks at spaces and between Chinese characters.
    """
    lines = [""]
    pieces: list[str] = _PIECE.findall(said)
    for place, piece in enumerate(pieces):
        if width_of(lines[-1] + piece.rstrip(), size) <= room or not lines[-1]:
            lines[-1] += piece if lines[-1] else piece.lstrip()
        elif len(lines) < most:
            lines.append(piece.lstrip())
        else:
            lines[-1] += "".join(pieces[place:])
            break
    return [cut(line.rstrip(), size, room) for line in lines]


def _em(each: str) -> float:
    if unicodedata.combining(each):
        return 0.0
    if unicodedata.east_asian_width(each) in {"W", "F"} or each in "“”…—":
        return 1.0
    if each in _NARROW:
        return 0.36
    if each in _WIDE:
        return 0.9
    return 0.68 if each.isupper() else 0.6
