"""Titles and sentences in two languages, with English to fall back on."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

Language: TypeAlias = Literal["en", "zh"]
"""The languages that the package speaks: English and simplified Chinese."""


@attrs.frozen
class Text:
    """A title or sentence. A missing Chinese text falls back to the English one, and vice versa."""

    en: str = ""
    zh: str = ""

    def words(self, lang: Language) -> str:
        """The text in `lang`, or in the other language when that one is missing."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def __str__(self) -> str:
        """The English text."""
        return self.words("en")
