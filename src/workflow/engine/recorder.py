"""The recorder: one accepted event is one transaction, or several events are one together.

A case is read with its version, changed by the floor below, and written only if the store still
holds that version. If it does not, another writer was first, and the change is decided anew on
what that one left. Design: "Engine".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import attrs

from workflow.cases import Case, Notice
from workflow.engine.keeping import Kept, Shelf, plan_row, read, stepped
from workflow.engine.memo import Memo
from workflow.engine.outcome import Recorded
from workflow.engine.retrying import RETRIES, retried
from workflow.engine.time_source import TimeSource
from workflow.errors import (
    CaseExistsError,
    ConcurrentChangeError,
    EventTimeError,
    IdempotencyError,
)
from workflow.instants import Instant, Moment, show, to_instant
from workflow.plans.model import Plan
from workflow.stores.store import Store, Unit

Change: TypeAlias = Callable[[Case, Instant], Case]
"""Gives the case with one more event, recorded at that instant; the same case: a repetition."""


@attrs.frozen
class Recorder:
    """Writes what cases become.

    Attributes:
        store: The store.
        shelf: The plans.
        time: Says what time it is.
        memo: The cases at hand.
    """

    store: Store
    shelf: Shelf
    time: TimeSource
    memo: Memo

    def open(self, case: Case, plans: Iterable[Plan], told: Instant) -> Recorded:
        """Write a new case; one that was opened with the same key and content is a duplicate.

        Raises:
            CaseExistsError: A case of that name is open already.
            IdempotencyError: It was opened with the same key and says something else.
        """
        step, kept, notices = stepped(None, case, told)
        try:
            with self.store.writing() as unit:
                for each in plans:
                    unit.keep_plan(plan_row(each))
                unit.write(step)
        except ConcurrentChangeError:
            return _opened_before(self.read(case.id).case, case)
        self.memo.put(kept)
        return Recorded(case=case, notices=tuple(notices))

    def read(self, name: str) -> Kept:
        """The case as it stands.

        Raises:
            UnknownCaseError: No case of that name.
            StoreCorruptError: Its log was altered.
        """
        with self.store.reading() as unit:
            kept = self._kept(unit, name)
        self.memo.put(kept)
        return kept

    def change(self, name: str, change: Change, told: Moment | None) -> Recorded:
        """Change a case by one event, decided outside the transaction that writes it.

        Raises:
            UnknownCaseError: No case of that name.
            EventError: The event cannot be accepted; the case is unchanged.
            ConcurrentChangeError: Other writers kept changing the case; nothing was written.
        """
        for _ in range(RETRIES - 1):
            kept = self.read(name)
            recorded = self._recorded(kept, kept.row.notified, told)
            case = change(kept.case, recorded)
            if case is kept.case:
                return Recorded(case=case, duplicate=True)
            step, new, notices = stepped(kept, case, recorded)
            try:
                with self.store.writing() as unit:
                    unit.write(step)
            except ConcurrentChangeError:
                continue
            self.memo.put(new)
            return Recorded(case=case, notices=tuple(notices))
        return self._changed([(name, change, told)])[0]

    def change_many(self, changes: Sequence[tuple[str, Change, Moment | None]]) -> list[Recorded]:
        """Make several changes, of one case or of many, in one transaction: all or none.

        Raises:
            WorkflowError: One cannot be made; then none was.
        """
        return retried(lambda: self._changed(changes))

    def _changed(self, changes: Sequence[tuple[str, Change, Moment | None]]) -> list[Recorded]:
        made: list[tuple[Case, bool]] = []
        with self.store.writing() as unit:
            known = self.memo.all(unit, self.shelf, [name for name, _, _ in changes])
            drafts = {
                name: _Draft(kept, kept.case, kept.row.notified) for name, kept in known.items()
            }
            for name, change, told in changes:
                draft = drafts[name]
                recorded = self._recorded(draft.kept, draft.told, told)
                case = change(draft.case, recorded)
                made.append((case, case is draft.case))
                if case is not draft.case:
                    drafts[name] = _Draft(draft.kept, case, recorded)
            written = {
                name: stepped(draft.kept, draft.case, draft.told)
                for name, draft in drafts.items()
                if draft.case is not draft.kept.case
            }
            unit.write_all([step for step, _, _ in written.values()])
        for _, kept, _ in written.values():
            self.memo.put(kept)
        return _answers(made, {name: notices for name, (_, _, notices) in written.items()})

    def _kept(self, unit: Unit, name: str) -> Kept:
        return self.memo.get(unit, name) or read(unit, self.shelf, name)

    def _recorded(self, kept: Kept, known: Instant, given: Moment | None) -> Instant:
        """When an event counts as recorded: after all that was told of the case up to `known`."""
        earliest = Instant(known + 1)
        if given is None:
            return max(self.time.now(), earliest)
        recorded = to_instant(given)
        if recorded < known:
            zone = kept.case.plan.zone
            raise EventTimeError(
                f"It is said to be recorded at {show(recorded, zone)}, but what was known of the "
                f"case up to {show(known, zone)} has been told already.",
                place=f"case {kept.row.id}, recorded_at",
                mend="Leave recorded_at out, and say in `at` when it happened.",
            )
        return max(recorded, earliest)


@attrs.frozen
class _Draft:
    """A case on its way through several changes: as it was read, as it is, and told until when."""

    kept: Kept
    case: Case
    told: Instant


def _answers(made: Sequence[tuple[Case, bool]], notices: dict[str, list[Notice]]) -> list[Recorded]:
    """What became of each change; the notices of a case stand with the last that changed it."""
    answers: list[Recorded] = []
    for case, duplicate in reversed(made):
        told = () if duplicate else tuple(notices.pop(case.id, ()))
        answers.append(Recorded(case=case, notices=told, duplicate=duplicate))
    return answers[::-1]


def _opened_before(known: Case, case: Case) -> Recorded:
    first, again = known.events[0], case.events[0]
    if again.key is None or first.key != again.key:
        raise CaseExistsError(
            f'A case "{case.id}" is open already, under {known.plan.name}.',
            mend="Give the new case another name, or record events of the one that is open.",
        )
    if not first.says_again(again) or [it.name for it in known.plans] != [
        it.name for it in case.plans
    ]:
        raise IdempotencyError(
            f'The case "{case.id}" was opened with the key "{again.key}" and says something else.',
            place=f"event {first.type}",
            mend="Repeat an event unchanged, and give each new one a key of its own.",
        )
    return Recorded(case=known, duplicate=True)
