"""Promptly: the plan gives no number, so there is no due instant.

An adopter may state an assumption (`assume: 30 min`); every explanation names it as an
assumption and not as the plan's word.

Design: "How a due instant is computed", row "promptly".
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off
from workflow.derivation import Language, Sentence, Trace
from workflow.instants import Instant

_NO_NUMBER = Sentence("The plan gives no number: {word}.", "预案未规定具体时限：“{word}”。")
_ASSUMED = Sentence(
    "Assumed by the adopter, not said by the plan: {assumed}.",
    "以下为采用者的假设，并非预案的规定：{assumed}。",
)


@attrs.frozen(kw_only=True)
class Promptly:
    """Due "promptly", "at once", "at the first moment": no number.

    Attributes:
        word: The plan's own wording, such as `第一时间`, or empty.
        assume: The rule that the adopter assumes, or none.
    """

    name: ClassVar[str] = "promptly"

    word: str = ""
    assume: Rule | None = None

    @property
    def needs_calendar(self) -> bool:
        """Only if what is assumed does."""
        return self.assume is not None and self.assume.needs_calendar

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """None; or what the assumption gives."""
        if trace is not None:
            trace.note(self.name, _NO_NUMBER, word=self.word or _PROMPTLY)
        if self.assume is None:
            return None
        if trace is not None:
            said = Sentence(self.assume.words("en"), self.assume.words("zh"))
            trace.note("assumption", _ASSUMED, assumed=said)
        return self.assume.due(anchor, setting, trace)

    def words(self, lang: Language = "en") -> str:
        """`promptly`, with the plan's wording and the assumption as such."""
        text = self.word if self.word and lang == "zh" else _PROMPTLY.words(lang)
        if self.word and lang == "en":
            text += f" ({self.word})"
        if self.assume is not None:
            said = self.assume.words(lang)
            text += f"（假设：{said}）" if lang == "zh" else f", assumed to mean {said}"
        return text

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:
        """The assumption less what has been counted; without one it raises `RuleError`."""
        if self.assume is None:
            raise nothing_to_take_off(self)
        return attrs.evolve(self, assume=self.assume.less(used_rule, since, at, setting))


_PROMPTLY = Sentence("promptly", "及时")
