"""The keys of a plan document, as classes.

Each class is one kind of entry and each of its fields one key. What a key accepts is its type,
what it means is said here. The reader (`structure.py`), the JSON Schema for editors (`schema.py`)
and the reference page all follow these classes. A field whose name ends in an underscore is the
key without it (`from_` is `from`). Design: "The nouns"; the reference page on plan documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from workflow.deadlines.rule import Rule
from workflow.plans.entry_types import (
    NO_ID,
    NO_IDS,
    NO_LABEL,
    NO_ZONE,
    REQUIRED,
    DayHours,
    FormatVersion,
    HoursByDate,
    Id,
    Ids,
    Label,
    PlanName,
    PublicHolidays,
    WeekHours,
    ZoneName,
)
from workflow.plans.obligation_entries import (
    ApprovalEntry,
    ApprovalsEntry,
    DueEntry,
    EscalationEntry,
    ObligationEntry,
    PausedEntry,
    ReclassifiedEntry,
)
from workflow.plans.stages import StageKind
from workflow.plans.text import Text


@attrs.frozen(kw_only=True)
class CalendarEntry:
    """A working calendar.

    Attributes:
        hours: Weekly hours: `{mon-fri: ["09:00-12:00", "13:30-18:00"]}`.
        holidays: A country (`CN`), a country and its subdivision (`US-MA`), or a list of dates.
        special_days: Dates with hours of their own; an empty list closes the day.
        breaks: Time taken out of single dates.
        makeup_hours: The hours of a make-up working day.
        timezone: The zone of its days; the plan's if not given.
        note: What a reader should know.
    """

    hours: WeekHours | None = attrs.field(default=None, metadata=REQUIRED)
    holidays: PublicHolidays | None = None
    special_days: HoursByDate | None = None
    breaks: HoursByDate | None = None
    makeup_hours: DayHours | None = None
    timezone: ZoneName = NO_ZONE
    note: str = ""


@attrs.frozen(kw_only=True)
class SourceEntry:
    """A document that the plan was encoded from.

    Attributes:
        id: Its name within the plan.
        section: Its section in a collection, or of a law or standard.
        title: What it is called.
        kind: What kind of document it is.
        dated: Its date.
        note: What a reader should know.
    """

    id: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    section: Label = NO_LABEL
    title: Text = Text()
    kind: str = ""
    dated: Label = NO_LABEL
    note: str = ""


@attrs.frozen(kw_only=True)
class RoleEntry:
    """Who acts.

    Attributes:
        en: Its title in English.
        zh: Its title in Chinese.
        title: Its title, instead of `en` and `zh`.
        reports_to: The roles it reports to.
        note: What a reader should know.
    """

    en: str = ""
    zh: str = ""
    title: Text = Text()
    reports_to: Ids = NO_IDS
    note: str = ""


@attrs.frozen(kw_only=True)
class LevelEntry:
    """A level of severity. Levels are listed with the most severe first.

    Attributes:
        id: Its name within the plan.
        title: What people call it.
        criteria: What puts a matter on it, any of which is enough.
        all_criteria: Whether all the criteria must hold.
        command: The role that commands at this level.
        clause: The wording that says who commands.
        note: What a reader should know.
    """

    id: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    title: Text = Text()
    criteria: tuple[str, ...] = ()
    all_criteria: bool = False
    command: Id = NO_ID
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class CategoryEntry:
    """A kind of matter.

    Attributes:
        id: Its name within the plan.
        title: What people call it.
        clause: The wording of the source.
        note: What a reader should know.
    """

    id: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    title: Text = Text()
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class ConditionEntry:
    """Something that may hold of a case for a while, set and cleared by events.

    Attributes:
        en: Its title in English.
        zh: Its title in Chinese.
        title: Its title, instead of `en` and `zh`.
        clause: The wording of the source.
    """

    en: str = ""
    zh: str = ""
    title: Text = Text()
    clause: str = ""


@attrs.frozen(kw_only=True)
class ParameterEntry:
    """A time that the text leaves to another document; the adopter sets it.

    Attributes:
        en: Its title in English.
        zh: Its title in Chinese.
        title: Its title, instead of `en` and `zh`.
        value: The rule that the adopter set; leave it out while none is set.
        clause: The wording of the source.
        reading: Which meaning was chosen, and of what.
    """

    en: str = ""
    zh: str = ""
    title: Text = Text()
    value: Rule | None = None
    clause: str = ""
    reading: Text = Text()


@attrs.frozen(kw_only=True)
class StageEntry:
    """A stage. A case opens in the first one.

    Attributes:
        id: Its name within the plan.
        is_: Which of the six documented stages it is, or closed; needed when `id` is none of them.
        title: What people call it.
        clause: The wording of the source.
        note: What a reader should know.
    """

    id: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    is_: StageKind | None = None
    title: Text = Text()
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class EventEntry:
    """A kind of event.

    Attributes:
        en: What happened, in English.
        zh: What happened, in Chinese.
        title: What happened, instead of `en` and `zh`.
        stages: Where it is legal: stages, `open` (every stage that is not closed) or `any`.
            Not given: every open stage, or for an event that is a transition, where it starts.
        may_precede: Whether it may have happened before the case was opened.
        sets: Named conditions that it sets.
        clears: Named conditions that it clears.
        level: The level that it sets.
        category: The category that it sets.
        same_as: Events of other plans that are the same happening, as `plan:event`.
        clause: The wording of the source.
        note: What a reader should know.
    """

    en: str = ""
    zh: str = ""
    title: Text = Text()
    stages: Ids = NO_IDS
    may_precede: bool = False
    sets: Ids = NO_IDS
    clears: Ids = NO_IDS
    level: Id = NO_ID
    category: Id = NO_ID
    same_as: tuple[str, ...] = ()
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class TransitionEntry:
    """An event that moves a case from one stage to another.

    Attributes:
        event: The event.
        from_: The stages where it is possible; `open` means every stage that is not closed.
        to: The stage it leads to.
        needs: Data fields that the event must carry.
        withdraws: Whether every duty still running is withdrawn.
        clause: The wording of the source.
    """

    event: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    from_: Ids = attrs.field(default=NO_IDS, metadata=REQUIRED)
    to: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    needs: Ids = NO_IDS
    withdraws: bool = False
    clause: str = ""


@attrs.frozen(kw_only=True)
class ConflictEntry:
    """A place where the source contradicts itself.

    Attributes:
        about: What the sayings are about.
        says: The sayings.
        follows: Which one the plan follows.
        clauses: The wordings of the source.
    """

    about: str = attrs.field(default="", metadata=REQUIRED)
    says: tuple[str, ...] = ()
    follows: str = ""
    clauses: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PlanEntry:
    """A plan document.

    Attributes:
        workflow: The version of the format: 1.
        name: The name of the plan.
        version: Its version, as the adopter counts.
        title: What people call it.
        timezone: The zone of its local days.
        calendars: Working calendars by id.
        calendar: The default calendar.
        sources: The documents it was encoded from.
        roles: Who acts.
        levels: Levels of severity, the most severe first.
        categories: Kinds of matter.
        conditions: Named conditions.
        parameters: Times that the adopter sets.
        stages: The stages, in order; at least one is closed.
        opens: The events that may open a case; the first is the usual one.
        events: Kinds of events.
        transitions: What moves a case from stage to stage.
        obligations: Who owes what by when.
        conflicts: Where the source contradicts itself.
        notes: What a reader should know.
    """

    workflow: FormatVersion = attrs.field(default=FormatVersion(1), metadata=REQUIRED)
    name: PlanName = attrs.field(default=PlanName(""), metadata=REQUIRED)
    version: Label = attrs.field(default=NO_LABEL, metadata=REQUIRED)
    title: Text = Text()
    timezone: ZoneName = attrs.field(default=NO_ZONE, metadata=REQUIRED)
    calendars: Mapping[str, CalendarEntry] = attrs.field(factory=dict)
    calendar: Id = NO_ID
    sources: tuple[SourceEntry, ...] = ()
    roles: Mapping[str, RoleEntry] = attrs.field(factory=dict)
    levels: tuple[LevelEntry, ...] = ()
    categories: tuple[CategoryEntry, ...] = ()
    conditions: Mapping[str, ConditionEntry] = attrs.field(factory=dict)
    parameters: Mapping[str, ParameterEntry] = attrs.field(factory=dict)
    stages: tuple[StageEntry, ...] = attrs.field(default=(), metadata=REQUIRED)
    opens: Ids = attrs.field(default=NO_IDS, metadata=REQUIRED)
    events: Mapping[str, EventEntry] = attrs.field(factory=dict, metadata=REQUIRED)
    transitions: tuple[TransitionEntry, ...] = attrs.field(default=(), metadata=REQUIRED)
    obligations: tuple[ObligationEntry, ...] = attrs.field(default=(), metadata=REQUIRED)
    conflicts: tuple[ConflictEntry, ...] = ()
    notes: tuple[str, ...] = ()


ENTRIES = (
    PlanEntry,
    CalendarEntry,
    SourceEntry,
    RoleEntry,
    LevelEntry,
    CategoryEntry,
    ConditionEntry,
    ParameterEntry,
    StageEntry,
    EventEntry,
    TransitionEntry,
    ObligationEntry,
    DueEntry,
    ApprovalsEntry,
    ApprovalEntry,
    PausedEntry,
    ReclassifiedEntry,
    EscalationEntry,
    ConflictEntry,
)
"""Every class of a plan document, in the order in which a reader meets them."""


def key_of(field: attrs.Attribute[Any]) -> str:
    """The key that a field is: its name, without an underscore at the end."""
    return field.name.removesuffix("_")
