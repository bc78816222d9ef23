"""What an engine can be asked: it reads the store, and changes nothing.

Design: "Engine".
"""

from __future__ import annotations

from collections.abc import Iterator

import pendulum

from workflow.cases import Notice
from workflow.cases.case import Case
from workflow.cases.status import Status
from workflow.engine.keeping import Shelf, notice_of
from workflow.engine.outcome import Census, Owed, Parked
from workflow.engine.recorder import Recorder
from workflow.engine.time_source import TimeSource
from workflow.engine.verify import Finding, findings
from workflow.errors import UnknownCaseError
from workflow.instants import Instant, Moment, to_instant, to_moment, zone_of
from workflow.stores import Store, every_case


class Questions:
    """The questions of an engine.

    Attributes:
        store: The store.
        time: Says what time it is, where a question names none.
    """

    store: Store
    time: TimeSource
    _shelf: Shelf
    _recorder: Recorder

    def case(self, case_id: str) -> Case:
        """The case as it stands.

        Raises:
            UnknownCaseError: No case of that name.
            StoreCorruptError: Its log was altered.
        """
        return self._recorder.read(case_id).case

    def status(self, case_id: str, now: Moment | None = None) -> Status:
        """Where a case stands at `now`, by default the present. See `case`."""
        return self.case(case_id).status_at(self._moment(now))

    def cases(self) -> Iterator[str]:
        """The names of all cases, in the order of their code points."""
        return every_case(self.store)

    def notices(self, case_id: str) -> tuple[Notice, ...]:
        """The notices of a case that have been written, in the order of writing.

        Raises:
            UnknownCaseError: No case of that name.
        """
        with self.store.reading() as unit:
            if unit.case(case_id) is None:
                raise UnknownCaseError(f'There is no case "{case_id}" in the store.')
            return tuple(notice_of(row) for row in unit.notices(case_id))

    def owed(
        self, until: Moment | None = None, *, now: Moment | None = None, limit: int = 1_000
    ) -> list[Owed]:
        """What is owed in all cases by `until`, the earliest first; by default what is overdue.

        It is read from the clocks as they were last written, and costs the same however many
        cases are open. A duty that is due at `now` exactly is not late.

        Args:
            until: The latest limit of interest; by default `now`.
            now: What time it is; by default the present.
            limit: How many at most.
        """
        present = self._moment(now)
        end = Instant(present - 1) if until is None else to_instant(until)
        with self.store.reading() as unit:
            found = unit.owed(end, limit)
        return [
            Owed(
                case=case,
                plan=row.plan,
                clock=row.clock,
                obligation=row.obligation,
                instant=row.due,
                late=row.due < present,
            )
            for case, row in found
            if row.due is not None
        ]

    def next_wakeup(self) -> pendulum.DateTime | None:
        """The earliest wake-up of all cases, in UTC."""
        instant = self._next_wakeup()
        return None if instant is None else to_moment(instant, zone_of("UTC"))

    def verify(self) -> tuple[Finding, ...]:
        """What the store holds that is not as it should be; empty: all is well."""
        return tuple(findings(self.store, self._shelf))

    def parked(self) -> tuple[Parked, ...]:
        """The cases that could not be evaluated and the notices that could not be delivered."""
        with self.store.reading() as unit:
            cases, notices = unit.parked(), unit.undelivered()
        return (
            *(
                Parked(
                    id=it.case, kind="case", case=it.case, sink="", error=it.parked or "", tries=1
                )
                for it in cases
            ),
            *(
                Parked(
                    id=it.notice.id,
                    kind="notice",
                    case=it.notice.case,
                    sink=it.sink,
                    error=it.error,
                    tries=it.tries,
                )
                for it in notices
            ),
        )

    def census(self, now: Moment | None = None) -> Census:
        """How many cases are open, and how many duties are overdue; counted in the store."""
        with self.store.reading() as unit:
            return Census(open=unit.open_cases(), overdue=unit.late(self._moment(now)))

    def _next_wakeup(self) -> Instant | None:
        with self.store.reading() as unit:
            return unit.next_wakeup()

    def _moment(self, now: Moment | None) -> Instant:
        return self.time.now() if now is None else to_instant(now)
