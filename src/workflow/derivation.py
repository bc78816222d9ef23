"""Derivations: the steps by which an answer was found, in order, each with its numbers.

A rule computes its due instant and, when it is given a `Trace`, notes each step where it takes
it, with the sentence that says it in English and Chinese. So nothing is computed in one place
and explained in another. The steps are data: a test recomputes the due instant from them alone.

Design: "The nouns", derivation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import attrs

from workflow.durations import Duration
from workflow.instants import Instant, Micros, Zone, show, to_moment

Language: TypeAlias = Literal["en", "zh"]

INSTANTS = frozenset(
    {"anchor", "at", "start", "end", "due", "opens", "was", "moved_to", "limit", "target", "change"}
)
"""The keys under which a step holds an `Instant`; any other whole number is a plain number."""

AMOUNTS = frozenset({"amount"})
"""The keys under which a step holds exact time in microseconds."""

_WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": tuple("一二三四五六日")}
_MOST = 12


@attrs.frozen
class Sentence:
    """What a step says, in both languages; `{key}` stands for the value of that key."""

    en: str
    zh: str

    def words(self, lang: Language) -> str:
        """The sentence in that language."""
        return self.zh if lang == "zh" else self.en


@attrs.frozen
class DayNote:
    """A local day and what there is to say about it, such as "weekend" or the holiday's name.

    Attributes:
        day: The local date.
        why: The kind: `weekend`, `holiday`, `pause`, `make_up_day`, `special`, `closed`.
        says: What people call it.
    """

    day: dt.date
    why: str
    says: Sentence

    def data(self) -> dict[str, str]:
        """Plain values: the date, the kind, the name in English."""
        return {"day": self.day.isoformat(), "why": self.why, "name": self.says.en}


def _frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(values))


@attrs.frozen
class Step:
    """One step of a derivation.

    Attributes:
        kind: What was done: the name of a rule, or a word such as `anchor`, `rollover`, `due`.
        values: Its numbers by name: instants under the names of `INSTANTS`, exact time under
            those of `AMOUNTS`, local dates, texts, whole numbers, tuples of these.
        says: The sentence that says it, or none.
        source: The law, clause or section that asks for it, or empty.
    """

    kind: str
    values: Mapping[str, Any] = attrs.field(converter=_frozen, hash=False)
    says: Sentence | None = None
    source: str = ""

    def text(self, zone: Zone, lang: Language = "en") -> str:
        """The step as a sentence, times in `zone`."""
        shown = {key: _shown(key, value, zone, lang) for key, value in self.values.items()}
        if self.says is None:
            said = ", ".join(f"{key} {value}" for key, value in shown.items())
            return f"{self.kind}: {said}"
        text = self.says.words(lang).format(**shown)
        return f"{text} [{self.source}]" if self.source else text

    def data(self, zone: Zone) -> dict[str, Any]:
        """The step as plain values for JSON: instants as ISO 8601 text with the zone's offset."""
        plain = {key: _plain(key, value, zone) for key, value in self.values.items()}
        return {"step": self.kind, **plain, **({"source": self.source} if self.source else {})}


@attrs.frozen(kw_only=True)
class Caveat:
    """Something that makes an answer less certain, such as holidays not announced yet.

    Attributes:
        kind: A short word for machines.
        en: The sentence in English.
        zh: The sentence in Chinese.
    """

    kind: str
    en: str
    zh: str

    def text(self, lang: Language = "en") -> str:
        """The sentence in that language."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        """The English sentence."""
        return self.en


class Trace:
    """Records steps while an answer is computed. Rules take one or none."""

    __slots__ = ("caveats", "steps")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.caveats: list[Caveat] = []

    def note(
        self, kind: str, says: Sentence | None = None, /, *, source: str = "", **values: Any
    ) -> None:
        """Add a step."""
        self.steps.append(Step(kind, values, says, source))

    def warn(self, caveats: Iterable[Caveat]) -> None:
        """Add caveats, each once."""
        self.caveats += [caveat for caveat in caveats if caveat not in self.caveats]

    def mark(self) -> int:
        """Where the record stands; for `back_to`."""
        return len(self.steps)

    def back_to(self, mark: int) -> None:
        """Drop the steps noted since `mark`: they belonged to an attempt that was given up."""
        del self.steps[mark:]

    def derivation(self, zone: Zone, lang: Language = "en") -> Derivation:
        """The steps so far as a derivation."""
        return Derivation(
            steps=tuple(self.steps), zone=zone, lang=lang, caveats=tuple(self.caveats)
        )


@attrs.frozen(kw_only=True)
class Derivation:
    """The steps by which a due instant was found, in order.

    Attributes:
        steps: The steps.
        zone: The zone in which times are shown.
        lang: The language of `str()`.
        caveats: What makes the answer less certain.
    """

    steps: tuple[Step, ...]
    zone: Zone
    lang: Language = "en"
    caveats: tuple[Caveat, ...] = ()

    def text(self, lang: Language | None = None) -> str:
        """One sentence a line, in English (`en`) or Chinese (`zh`); caveats last."""
        lang = lang or self.lang
        lines = [step.text(self.zone, lang) for step in self.steps]
        head = {"en": "Caution: ", "zh": "注意："}[lang]
        return "\n".join(lines + [head + caveat.text(lang) for caveat in self.caveats])

    def data(self) -> list[dict[str, Any]]:
        """The steps as plain values for JSON."""
        return [step.data(self.zone) for step in self.steps]

    def __str__(self) -> str:
        """The text in its own language."""
        return self.text()

    def __iter__(self) -> Iterator[Step]:
        """The steps in order."""
        return iter(self.steps)


def show_day(day: dt.date, lang: Language) -> str:
    """A local date with its weekday: `Mon 2026-03-02`, `2026-03-02（周一）`."""
    name = _WEEKDAYS[lang][day.weekday()]
    return f"{day.isoformat()}（周{name}）" if lang == "zh" else f"{name} {day.isoformat()}"


def _shown(key: str, value: Any, zone: Zone, lang: Language) -> str:
    if isinstance(value, Sentence):
        return value.words(lang)
    if isinstance(value, Duration):
        return value.words(lang)
    if key in INSTANTS and isinstance(value, int):
        return show(Instant(value), zone)
    if key in AMOUNTS and isinstance(value, int):
        return Duration(exact=Micros(value)).words(lang)
    if value == dt.time.max:  # the end of the day, as `show` writes it
        return "24:00"
    if isinstance(value, dt.time):
        return value.isoformat("auto")[:5] if not value.second else value.isoformat()
    if isinstance(value, dt.date):
        return show_day(value, lang)
    if isinstance(value, tuple):
        return _listed(value, zone, lang)
    return str(value)


def _listed(values: tuple[Any, ...], zone: Zone, lang: Language) -> str:
    """The values with commas; runs of days with one reason are drawn together."""
    if values and all(isinstance(value, DayNote) for value in values):
        items = [_run(run, lang) for run in _runs(values)]
    elif values and all(isinstance(value, tuple) for value in values):
        items = ["–".join(_shown("at", end, zone, lang) for end in pair) for pair in values]
    else:
        items = [_shown("at", value, zone, lang) for value in values]
    left_out = len(items) - _MOST
    if left_out > 1:
        more = {"en": f"and {left_out} more", "zh": f"等另外{left_out}项"}[lang]
        items = [*items[:_MOST], more]
    return ("；" if lang == "zh" else ", ").join(items)


def _runs(notes: Iterable[DayNote]) -> Iterator[list[DayNote]]:
    run: list[DayNote] = []
    for note in notes:
        if run and (note.says != run[-1].says or (note.day - run[-1].day).days != 1):
            yield run
            run = []
        run.append(note)
    if run:
        yield run


def _run(run: list[DayNote], lang: Language) -> str:
    days = show_day(run[0].day, lang)
    if len(run) > 1:
        days += ("至" if lang == "zh" else " to ") + show_day(run[-1].day, lang)
    said = run[0].says.words(lang)
    return f"{days}：{said}" if lang == "zh" else f"{days} ({said})"


def _plain(key: str, value: Any, zone: Zone) -> Any:
    if isinstance(value, Sentence):
        return value.en
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, DayNote):
        return value.data()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, tuple):
        within = "at" if value and isinstance(value[0], tuple) else key
        return [_plain(within, item, zone) for item in value]
    if key in INSTANTS and isinstance(value, int):
        return to_moment(Instant(value), zone).isoformat()
    return value
