"""Play: a case told in a compact script, and a transcript to compare with.

Steps stand on lines of their own or are parted by `;`. A step is a time, an event, or both:

- a time is `2026-03-02 09:00` or `09:00` in the plan's zone, `+20m` (s, m, h), or `next-wakeup`;
  time never goes back;
- behind the event: `by`, `person`, `to`, `states`, `of`, `level`, `category`, `set`, `clear`,
  `key`, each with one word or several parted by commas; `at 08:55` for what happened earlier;
  `field=value` for its data.

The transcript has a line for each event and each notice. Design: "Clocks over a case".
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import attrs

from workflow.calendars.local_days import local_day, wall
from workflow.cases.case import Case
from workflow.cases.notice import Notice
from workflow.errors import CaseError
from workflow.instants import HOUR, MINUTE, SECOND, Instant, Zone, show, to_moment
from workflow.plans.model import Plan

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?: |$)")
_WALL = re.compile(r"(\d{2}:\d{2})(?: |$)")
_LATER = re.compile(r"\+(\d+)([smh])(?: |$)")
_WAKEUP = re.compile(r"next-wakeup(?: |$)")
_UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR}
_ONE = frozenset({"by", "person", "level", "category", "key"})
_SEVERAL = frozenset({"to", "states", "of"})
_CONDITIONS = {"set": True, "clear": False}
_KNOWN = "by, person, to, states, of, level, category, set, clear, key, at, field=value"


@attrs.frozen(kw_only=True)
class Transcript:
    """What a script led to.

    Attributes:
        case: The case at the end of it.
        now: When it ends.
        notices: Every notice that fell while it was played.
        lines: Its lines; `str()` joins them.
    """

    case: Case
    now: Instant
    notices: tuple[Notice, ...]
    lines: tuple[str, ...]

    def __str__(self) -> str:
        """The transcript as text."""
        return "\n".join(self.lines)


def play(start: Case | Plan, script: str, *, name: str = "case-1") -> Transcript:
    """Play a script on a case, or on a plan, under which its first event opens a case.

    Args:
        start: The case as it is, or the plan.
        script: The steps.
        name: The name of a case that is opened.

    Raises:
        CaseError: A step cannot be read, or goes back in time.
        EventError: An event cannot be accepted.
    """
    player = _Player(start, name)
    for step in re.split(r"[;\n]", script):
        text = " ".join(step.split())
        if text:
            player.step(text)
    return player.transcript()


class _Player:
    """The case so far, its present, and the lines."""

    def __init__(self, start: Case | Plan, name: str) -> None:
        self.plan = start if isinstance(start, Plan) else start.plan
        self.zone: Zone = self.plan.zone
        self.case = None if isinstance(start, Plan) else start
        self.name = name
        self.now: Instant | None = None
        if self.case is not None:
            self.now = max(event.arrival for event in self.case.events)
        self.told = self.now
        self.notices: list[Notice] = []
        self.lines: list[str] = []

    def step(self, text: str) -> None:
        now, rest = self._time(text)
        if self.now is not None and now < self.now:
            raise CaseError(
                f"It goes back from {show(self.now, self.zone)} to {show(now, self.zone)}.",
                place=f'play, step "{text}"',
                mend="Write at 08:55 behind an event that happened earlier.",
            )
        self.now = now
        if rest:
            if self.case is not None:
                self._tell(Instant(now - 1))
            self._event(text, rest)
        self._tell(now)

    def transcript(self) -> Transcript:
        if self.case is None or self.now is None:
            raise CaseError("The script has no steps.", place="play")
        return Transcript(
            case=self.case, now=self.now, notices=tuple(self.notices), lines=tuple(self.lines)
        )

    def _time(self, text: str) -> tuple[Instant, str]:
        """The step's time, and what stands behind it."""
        for form, read in (
            (_DATED, self._dated),
            (_WALL, self._wall),
            (_LATER, self._later),
            (_WAKEUP, self._wakeup),
        ):
            found = form.match(text)
            if found:
                return read(found), text[found.end() :]
        return self._present(text), text

    def _dated(self, found: re.Match[str]) -> Instant:
        try:
            day, time = dt.date.fromisoformat(found[1]), dt.time.fromisoformat(found[2])
        except ValueError as error:
            raise CaseError(
                f'"{found[0].strip()}" is no time.',
                place="play",
                allowed="such as 2026-03-02 09:00",
            ) from error
        return wall(day, time, self.zone)

    def _wall(self, found: re.Match[str]) -> Instant:
        day = local_day(self._present(found[0]), self.zone)
        try:
            time = dt.time.fromisoformat(found[1])
        except ValueError as error:
            raise CaseError(
                f'"{found[1]}" is no time of day.', place="play", allowed="such as 09:00"
            ) from error
        return wall(day, time, self.zone)

    def _later(self, found: re.Match[str]) -> Instant:
        return Instant(self._present(found[0]) + int(found[1]) * _UNITS[found[2]])

    def _wakeup(self, found: re.Match[str]) -> Instant:
        now = self._present(found[0])
        wakeup = None if self.case is None else self.case.next_wakeup_instant(now)
        if wakeup is None:
            raise CaseError(
                f"Nothing changes after {show(now, self.zone)} without another event.",
                place="play, step next-wakeup",
            )
        return wakeup

    def _present(self, text: str) -> Instant:
        if self.now is None:
            raise CaseError(
                "The first step of a new case says the date.",
                place=f'play, step "{text.strip()}"',
                mend="Begin with 2026-03-02 09:00 and the event that opens the case.",
            )
        return self.now

    def _event(self, text: str, rest: str) -> None:
        event, *words = rest.split(" ")
        said = self._said(text, words)
        now = to_moment(self._present(text), self.zone)
        said = {"at": now, "recorded_at": now, **said}
        before = None if self.case is None else self._stage()
        if self.case is None:
            self.case = Case.open(self.plan, self.name, event=event, **said)
        else:
            self.case = self.case.record(event, **said)
        after = self._stage()
        moved = "" if after == before else f" -> {after}"
        by = f" by {said['by']}" if "by" in said else ""
        self._line(self._present(text), f"{event}{by}{moved}")

    def _said(self, text: str, words: list[str]) -> dict[str, Any]:
        said: dict[str, Any] = {}
        waiting = list(words)
        while waiting:
            word = waiting.pop(0)
            field, equals, value = word.partition("=")
            if equals:
                said.setdefault("data", {})[field] = value
                continue
            if word not in _ONE | _SEVERAL | {"at", *_CONDITIONS} or not waiting:
                raise CaseError(
                    f'"{word}" says nothing.', place=f'play, step "{text}"', allowed=_KNOWN
                )
            value = waiting.pop(0)
            if word in _ONE:
                said[word] = value
            elif word in _SEVERAL:
                said[word] = value.split(",")
            elif word in _CONDITIONS:
                named = dict.fromkeys(value.split(","), _CONDITIONS[word])
                said["conditions"] = {**said.get("conditions", {}), **named}
            else:
                said["at"] = to_moment(self._time(value)[0], self.zone)
        return said

    def _stage(self) -> str:
        assert self.case is not None  # noqa: S101 - asked only of a case that is open
        return self.case.status_at(max(event.arrival for event in self.case.events)).stage

    def _tell(self, until: Instant) -> None:
        if self.case is None or (self.told is not None and until <= self.told):
            return
        for notice in self.case.notices_between(self.told, until):
            self.notices.append(notice)
            self._line(notice.instant, f"! {notice.kind.value} {notice.clock_id}")
        self.told = until

    def _line(self, at: Instant, what: str) -> None:
        self.lines.append(f"{show(at, self.zone)}  {what}")
