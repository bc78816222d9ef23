"""Plans: a written response plan as a value. Immutable; names, versions and digests identify it.

Design: "The nouns". A plan is built by `load.py` from a document, or in Python from these classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from workflow.calendars import WorkingCalendar
from workflow.deadlines.rule import Rule
from workflow.errors import UnknownNameError, did_you_mean
from workflow.instants import Zone, zone_of
from workflow.plans.obligation import Obligation
from workflow.plans.stages import Stage, Transition
from workflow.plans.text import Text
from workflow.shown import html_of, svg_of


@attrs.frozen(kw_only=True)
class Source:
    """A document that a plan was encoded from: its section, its title, what kind it is."""

    id: str
    section: str = ""
    title: Text = Text()
    kind: str = ""
    dated: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class Role:
    """Who acts: an office, a person's function, a group; and whom it reports to."""

    id: str
    title: Text = Text()
    reports_to: tuple[str, ...] = ()
    note: str = ""


@attrs.frozen(kw_only=True)
class Level:
    """A level of severity and what puts a matter on it.

    Attributes:
        id: Its name within the plan.
        title: What people call it.
        criteria: The wording of the source; any one is enough unless `all_criteria`.
        all_criteria: Whether all of the criteria must hold.
        command: The role that commands at this level, if the text names one.
        clause: The wording that says who commands.
        note: Anything else that a reader should know.
    """

    id: str
    title: Text = Text()
    criteria: tuple[str, ...] = ()
    all_criteria: bool = False
    command: str = ""
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class Category:
    """A kind of matter."""

    id: str
    title: Text = Text()
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class NamedCondition:
    """Something that may hold of a case for a while, set and cleared by events."""

    id: str
    title: Text = Text()
    clause: str = ""


@attrs.frozen(kw_only=True)
class EventType:
    """A kind of event that the plan knows.

    Attributes:
        id: Its name within the plan.
        title: What happened, in a few words.
        stages: The stages in which it is legal, beside those from which it is a transition;
            empty: every open stage, or, for an event that is a transition, those alone.
        may_precede: Whether it may have happened before the case was opened
            (the public reaction began before it was found).
        sets: Named conditions that it sets.
        clears: Named conditions that it clears.
        level: The level that it sets, if it always sets the same one.
        category: The category that it sets, if it always sets the same one.
        same_as: Events of other plans that are the same happening, as `plan:event`.
        clause: The wording of the source.
        note: Anything else that a reader should know.
    """

    id: str
    title: Text = Text()
    stages: tuple[str, ...] = ()
    may_precede: bool = False
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    level: str = ""
    category: str = ""
    same_as: tuple[str, ...] = ()
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class Parameter:
    """A time that the text leaves to another document; the adopter sets it.

    Attributes:
        id: Its name within the plan.
        title: What it is.
        value: The rule that the adopter set, or none yet.
        clause: The wording of the source.
        reading: Which meaning the plan document chose, and of what.
    """

    id: str
    title: Text = Text()
    value: Rule | None = None
    clause: str = ""
    reading: Text = Text()


@attrs.frozen(kw_only=True)
class Conflict:
    """A place where the source contradicts itself, and which saying the plan document follows."""

    about: str
    says: tuple[str, ...]
    follows: str = ""
    clauses: tuple[str, ...] = ()


STANDARD_EVENTS = (
    EventType(id="noted", title=Text(en="Progress noted", zh="记录进展")),
    EventType(id="reclassified", title=Text(en="Level or category changed", zh="调整级别或类别")),
    EventType(id="approved", title=Text(en="Approved", zh="审核通过")),
    EventType(id="returned", title=Text(en="Draft returned", zh="退回修改")),
    EventType(id="supplemented", title=Text(en="Facts supplemented", zh="补充情况")),
    EventType(id="promise-changed", title=Text(en="Promised date changed", zh="变更承诺日期")),
    EventType(
        id="plan-changed", title=Text(en="Moved to another version of the plan", zh="改用新版预案")
    ),
)
"""Events that every plan knows, legal in every open stage; a plan may restate one to retitle it."""

_Item = TypeVar(
    "_Item", Role, Level, Category, NamedCondition, EventType, Stage, Parameter, Obligation
)


def _by_id(calendars: Mapping[str, WorkingCalendar]) -> Mapping[str, WorkingCalendar]:
    return MappingProxyType(dict(calendars))


def _frozen_map(value: Mapping[str, WorkingCalendar]) -> Mapping[str, WorkingCalendar]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True, eq=False, slots=False)
class Plan:
    """A written response plan.

    Two plans are equal when their digests are: the digest covers everything that the document
    says, in a canonical form. Durations and zones: see the rules and calendars themselves.

    Attributes:
        name: Its name, in lower case with hyphens.
        version: Its version, as the adopter counts.
        digest: SHA-256 of its canonical content, as hexadecimal text.
        title: What people call it.
        timezone: The IANA zone of its local days.
        calendars: Working calendars by id.
        calendar: The id of the default calendar, or empty.
        sources: The documents it was encoded from.
        roles: Who acts.
        levels: Levels, most severe first.
        categories: Kinds of matter.
        conditions: Named conditions.
        parameters: Times that the adopter sets.
        stages: Stages, in the plan's order; the first is where a case opens.
        transitions: What moves a case.
        opens: The event types that may open a case; the first is the usual one.
        events: Event types by id, the standard ones included.
        obligations: Who owes what by when.
        conflicts: Where the source contradicts itself.
        notes: What a reader should know.
        document: The plain content of the document, as it was read.
    """

    name: str
    version: str
    digest: str
    title: Text = Text()
    timezone: str = "UTC"
    calendars: Mapping[str, WorkingCalendar] = attrs.field(factory=dict, converter=_by_id)
    calendar: str = ""
    sources: tuple[Source, ...] = ()
    roles: tuple[Role, ...] = ()
    levels: tuple[Level, ...] = ()
    categories: tuple[Category, ...] = ()
    conditions: tuple[NamedCondition, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    stages: tuple[Stage, ...] = ()
    transitions: tuple[Transition, ...] = ()
    opens: tuple[str, ...] = ()
    events: tuple[EventType, ...] = STANDARD_EVENTS
    obligations: tuple[Obligation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    document: Mapping[str, Any] = attrs.field(factory=dict, repr=False)

    def __eq__(self, other: object) -> bool:
        """Whether both say the same: their digests are equal."""
        return self.digest == other.digest if isinstance(other, Plan) else NotImplemented

    def __hash__(self) -> int:
        """The hash of the digest."""
        return hash(self.digest)

    def __repr__(self) -> str:
        """Name, version and the head of the digest."""
        return f"<Plan {self.name} {self.version} {self.digest[:12]}>"

    def _repr_svg_(self) -> str | None:
        """The stages as a picture, for a notebook."""
        return svg_of("plan", self)

    def _repr_html_(self) -> str | None:
        """The stages as a picture, for a notebook that shows HTML alone."""
        return html_of("plan", self)

    @cached_property
    def zone(self) -> Zone:
        """The zone of its local days."""
        return zone_of(self.timezone)

    def obligation(self, id: str) -> Obligation:  # noqa: A002 - "id" is the plan's own word
        """The obligation of that id. Raises `UnknownNameError`, naming the nearest one."""
        return self._find("obligation", self._obligations, id)

    def knows(self, event: str) -> bool:
        """Whether it has an event type of that id."""
        return event in self._event_ids

    def event(self, id: str) -> EventType:  # noqa: A002 - "id" is the plan's own word
        """The event type of that id. Raises `UnknownNameError`, naming the nearest one."""
        return self._find("event", self._events, id)

    def role(self, id: str) -> Role:  # noqa: A002 - "id" is the plan's own word
        """The role of that id. Raises `UnknownNameError`, naming the nearest one."""
        return self._find("role", self._roles, id)

    def level(self, id: str) -> Level:  # noqa: A002 - "id" is the plan's own word
        """The level of that id. Raises `UnknownNameError`, naming the nearest one."""
        return self._find("level", self._levels, id)

    def category(self, id: str) -> Category:  # noqa: A002 - "id" is the plan's own word
        """The category of that id. Raises `UnknownNameError`, naming the nearest one."""
        return self._find("category", self._categories, id)

    def stage(self, id: str) -> Stage:  # noqa: A002 - "id" is the plan's own word
        """The stage of that id. Raises `UnknownNameError`, naming the nearest one."""
        return self._find("stage", self._stages, id)

    def calendar_of(self, obligation: Obligation) -> WorkingCalendar | None:
        """The calendar that an obligation is counted on, or none if the plan has none."""
        return self.calendars.get(obligation.calendar or self.calendar)

    @cached_property
    def _obligations(self) -> dict[str, Obligation]:
        return {item.id: item for item in self.obligations}

    @cached_property
    def _events(self) -> dict[str, EventType]:
        return {item.id: item for item in self.events}

    @cached_property
    def _event_ids(self) -> tuple[str, ...]:
        return tuple(self._events)

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {item.id: item for item in self.roles}

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return {item.id: item for item in self.levels}

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {item.id: item for item in self.categories}

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return {item.id: item for item in self.stages}

    def _find(self, what: str, known: Mapping[str, _Item], name: str) -> _Item:
        if name not in known:
            raise UnknownNameError(
                f'The plan {self.name} has no {what} "{name}".',
                allowed=", ".join(known) or f"nothing: it has no {what}s",
                mend=did_you_mean(name, known),
            )
        return known[name]
