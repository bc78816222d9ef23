"""The keys of a plan document, as classes.

Each class is one kind of entry and each of its fields one key. What a key accepts is its type,
what it means is said here. The reader (`structure.py`), the JSON Schema for editors (`schema.py`)
and the reference page all follow these classes. A field whose name ends in an underscore is the
key without it (`from_` is `from`). Design: "The nouns"; the reference page on plan documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NewType

import attrs

from workflow.calendars.days import DatedHours
from workflow.calendars.holidays import Holidays
from workflow.calendars.hours import Hours, Week
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.durations import Duration
from workflow.plans.obligation import Changed, Newly, Warn
from workflow.plans.stages import StageKind
from workflow.plans.text import Text

Id = NewType("Id", str)
"""A name within the plan: letters, digits, hyphens, underscores and dots."""

Ids = NewType("Ids", tuple[str, ...])
"""Names within the plan: a list, or a single one."""

PlanName = NewType("PlanName", str)
"""The name of a plan: lower case letters, digits and hyphens."""

Label = NewType("Label", str)
"""Text that may also be written as a number: a version, a section."""

ZoneName = NewType("ZoneName", str)
"""An IANA time zone, or a fixed offset such as +08:00."""

Times = NewType("Times", int)
"""A whole number from 1 upwards."""


FormatVersion = NewType("FormatVersion", int)
"""The version of the format of plan documents: 1."""

REQUIRED = {"required": True}
"""Marks a field whose key must be there."""


@attrs.frozen
class ByWhen:
    """By when: a rule, or the id of a parameter that the adopter sets.

    Attributes:
        rule: The rule, or none.
        parameter: The id of the parameter, or empty.
    """

    rule: Rule | None = None
    parameter: str = ""


@attrs.frozen
class WeekHours:
    """Weekly hours that were read."""

    week: Week


@attrs.frozen
class PublicHolidays:
    """Holidays that were read."""

    holidays: Holidays


@attrs.frozen
class HoursByDate:
    """Hours of single dates that were read."""

    dated: DatedHours


@attrs.frozen
class DayHours:
    """Hours of one day that were read."""

    hours: Hours


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
    timezone: ZoneName = ZoneName("")
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

    id: Id = attrs.field(default=Id(""), metadata=REQUIRED)
    section: Label = Label("")
    title: Text = Text()
    kind: str = ""
    dated: Label = Label("")
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
    reports_to: Ids = Ids(())
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

    id: Id = attrs.field(default=Id(""), metadata=REQUIRED)
    title: Text = Text()
    criteria: tuple[str, ...] = ()
    all_criteria: bool = False
    command: Id = Id("")
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

    id: Id = attrs.field(default=Id(""), metadata=REQUIRED)
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

    id: Id = attrs.field(default=Id(""), metadata=REQUIRED)
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
    stages: Ids = Ids(())
    may_precede: bool = False
    sets: Ids = Ids(())
    clears: Ids = Ids(())
    level: Id = Id("")
    category: Id = Id("")
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

    event: Id = attrs.field(default=Id(""), metadata=REQUIRED)
    from_: Ids = attrs.field(default=Ids(()), metadata=REQUIRED)
    to: Id = attrs.field(default=Id(""), metadata=REQUIRED)
    needs: Ids = Ids(())
    withdraws: bool = False
    clause: str = ""


@attrs.frozen(kw_only=True)
class DueEntry:
    """Another time at one level.

    Attributes:
        within: At the latest.
        target: The time to aim at.
        limit: At the latest, beside a target.
        due: At the latest, where that reads better (`due: promised`).
    """

    within: ByWhen | None = None
    target: ByWhen | None = None
    limit: ByWhen | None = None
    due: ByWhen | None = None


@attrs.frozen(kw_only=True)
class ApprovalEntry:
    """One approval: a role, a list of roles any of which may give it, or these keys.

    Attributes:
        by: The roles that may give it.
        within: The time allowed for it.
        clause: The wording of the source.
    """

    by: Ids = attrs.field(default=Ids(()), metadata=REQUIRED)
    within: Rule | None = None
    clause: str = ""


@attrs.frozen(kw_only=True)
class ApprovalsEntry:
    """The approvals that fulfilment needs.

    Attributes:
        in_order: One after the other.
        in_any_order: All of them, in whatever order.
        when: Named conditions that must hold for `in_any_order` to be asked for.
    """

    in_order: tuple[ApprovalEntry, ...] = ()
    in_any_order: tuple[ApprovalEntry, ...] = ()
    when: Ids = Ids(())


@attrs.frozen(kw_only=True)
class PausedEntry:
    """While its time does not count; all that is given must hold.

    Attributes:
        level: Levels, any of which is enough.
        category: Categories, any of which is enough.
        stage: Stages, any of which is enough.
        when: Named conditions that must all hold.
        unless: Named conditions of which none may hold.
    """

    level: Ids = Ids(())
    category: Ids = Ids(())
    stage: Ids = Ids(())
    when: Ids = Ids(())
    unless: Ids = Ids(())


@attrs.frozen(kw_only=True)
class ReclassifiedEntry:
    """What a change of level does.

    Attributes:
        newly: From when it counts if it begins to apply later.
        changed: How its due time moves if the level changes the time allowed.
    """

    newly: Newly = Newly.RESTART
    changed: Changed = Changed.FROM_ANCHOR


@attrs.frozen(kw_only=True)
class EscalationEntry:
    """Who is told when it is late.

    Attributes:
        to: The roles told.
        after: How long after the due time; at once if not given.
        repeat: How often it is said again while it stays late.
        times: How many times in all it is said.
    """

    to: Ids = attrs.field(default=Ids(()), metadata=REQUIRED)
    after: Duration | None = None
    repeat: Duration | None = None
    times: Times = Times(1)


@attrs.frozen(kw_only=True)
class ObligationEntry:
    """What somebody owes by some time.

    Attributes:
        id: Its name within the plan.
        title: What is owed, in a few words.
        who: The roles that owe it, any of which may fulfil it.
        to: The roles that must receive it, all of them.
        with_: Roles that take part.
        level: It applies at these levels only.
        category: It applies to these categories only.
        stage: It applies in these stages only.
        when: It applies while all these named conditions hold.
        unless: It does not apply while one of these named conditions holds.
        from_: The events it is counted from, the first that happens.
        each: Whether every occurrence of the event in `from` starts a clock of its own.
        within: At the latest.
        target: The time to aim at.
        limit: At the latest, beside a target.
        due: At the latest, where that reads better (`due: promised`).
        by_level: Another time for some levels.
        before: The event it must precede, instead of a time.
        simultaneous_with: The obligation whose event and time it shares.
        continuous: Whether it lasts rather than being done once.
        until: The events that end it.
        recurring: Its recurrence.
        fulfilled_by: The events that fulfil it.
        requires: Events that must have happened before the fulfilling one.
        states: Facts that must be stated.
        approvals: The approvals that must be given before it.
        paused_while: While this holds, its time does not count.
        extended_by: Events that give it a later limit.
        restarted_by: Events that start its period afresh.
        reclassified: What a change of level does.
        warn: Warnings before it is due: after a share of the time (`80%`), or a lead (`30 min`).
        escalate: Who is told when it is late.
        soft: Advice: late is noted and never a breach.
        practice: Reported as done, not set as a rule; treated as advice.
        reasons_if_late: Whether a late fulfilment must state reasons.
        calendar: The calendar it is counted on, if not the plan's.
        section: The section of its source.
        source: The source, if it is not the plan's first one.
        clause: The wording of the source.
        word: The wording used where the text gives no number.
        reading: Which meaning was chosen where the text is ambiguous, and of what.
        note: What a reader should know.
    """

    id: Id = attrs.field(default=Id(""), metadata=REQUIRED)
    title: Text = Text()
    who: Ids = Ids(())
    to: Ids = Ids(())
    with_: Ids = Ids(())
    level: Ids = Ids(())
    category: Ids = Ids(())
    stage: Ids = Ids(())
    when: Ids = Ids(())
    unless: Ids = Ids(())
    from_: Ids = Ids(())
    each: bool = False
    within: ByWhen | None = None
    target: ByWhen | None = None
    limit: ByWhen | None = None
    due: ByWhen | None = None
    by_level: Mapping[str, DueEntry] = attrs.field(factory=dict)
    before: Id = Id("")
    simultaneous_with: Id = Id("")
    continuous: bool = False
    until: Ids = Ids(())
    recurring: Recurring | None = None
    fulfilled_by: Ids = Ids(())
    requires: Ids = Ids(())
    states: Ids = Ids(())
    approvals: ApprovalsEntry = ApprovalsEntry()
    paused_while: PausedEntry | None = None
    extended_by: Ids = Ids(())
    restarted_by: Ids = Ids(())
    reclassified: ReclassifiedEntry = ReclassifiedEntry()
    warn: tuple[Warn, ...] = ()
    escalate: tuple[EscalationEntry, ...] = ()
    soft: bool = False
    practice: bool = False
    reasons_if_late: bool = False
    calendar: Id = Id("")
    section: Label = Label("")
    source: Id = Id("")
    clause: str = ""
    word: str = ""
    reading: Text = Text()
    note: str = ""


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
    version: Label = attrs.field(default=Label(""), metadata=REQUIRED)
    title: Text = Text()
    timezone: ZoneName = attrs.field(default=ZoneName(""), metadata=REQUIRED)
    calendars: Mapping[str, CalendarEntry] = attrs.field(factory=dict)
    calendar: Id = Id("")
    sources: tuple[SourceEntry, ...] = ()
    roles: Mapping[str, RoleEntry] = attrs.field(factory=dict)
    levels: tuple[LevelEntry, ...] = ()
    categories: tuple[CategoryEntry, ...] = ()
    conditions: Mapping[str, ConditionEntry] = attrs.field(factory=dict)
    parameters: Mapping[str, ParameterEntry] = attrs.field(factory=dict)
    stages: tuple[StageEntry, ...] = attrs.field(default=(), metadata=REQUIRED)
    opens: Ids = attrs.field(default=Ids(()), metadata=REQUIRED)
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
