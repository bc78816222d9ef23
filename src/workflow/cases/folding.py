"""Folding: the log of a case under each of its plans, as histories, and what is kept of them.

What was folded is kept, of a case and of the case before its last event. One more event that
happened after all the others is added to it, instead of folding everything again. All of it can be
thrown away: it is what folding anew would give. Design: "Clocks over a case"; decision "A history
keeps what was worked out from it".
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from workflow.cases.event import Event
from workflow.cases.history import History
from workflow.cases.log import Log
from workflow.cases.track import Track


@attrs.frozen(eq=False)
class Folded:
    """Events in the order of happening, folded under each plan of a case."""

    happened: tuple[Event, ...]
    histories: tuple[History, ...]

    def with_last(self, event: Event, tracks: Sequence[Track]) -> tuple[History, ...] | None:
        """The same with one more event; None where a track must fold its events anew."""
        found = [
            track.extended(history, event)
            for track, history in zip(tracks, self.histories, strict=True)
        ]
        kept = tuple(history for history in found if history is not None)
        return kept if len(kept) == len(tracks) else None


@attrs.define(eq=False)
class Folds:
    """What a case has folded of its log.

    Attributes:
        tracks: The plans of the case.
        log: Its log.
        kept: What it has folded: the whole log first, then what was asked for last.
        before: What the case before its last event had folded of the whole log.
    """

    tracks: tuple[Track, ...]
    log: Log
    kept: list[Folded] = attrs.field(factory=list)
    before: list[Folded] = attrs.field(factory=list)

    def go_on_from(self, earlier: Folds) -> None:
        """Keep what the case before the last event had folded of its whole log.

        What was worked out for the case before that one is forgotten. Otherwise what is handed on
        would hold on to every state that the case was ever in.
        """
        self.before = [it for it in earlier.kept if it.happened is earlier.log.happened]
        for folded in earlier.before:
            for history in folded.histories:
                history.forget()

    def of(self, view: tuple[Event, ...]) -> tuple[History, ...]:
        """The events, in the order of happening, folded under each plan.

        Raises:
            IllegalEventError: They are no legal path of the plan that leads.
        """
        known = [*self.kept, *self.before]
        for folded in known:
            if folded.happened is view or folded.happened == view:
                return folded.histories
        histories = self._extended(view, known)
        if histories is None:
            histories = tuple(track.history(view) for track in self.tracks)
        whole = [it for it in self.kept if it.happened is self.log.happened]
        found = Folded(view, histories)
        self.kept = [found, *self.kept[:1]] if view is self.log.happened else [*whole, found]
        return histories

    def happened(self, arrived: Sequence[Event]) -> tuple[Event, ...]:
        """What has arrived, given in the order of arrival, in the order of happening."""
        recorded = self.log.recorded
        if len(arrived) == len(recorded):
            return self.log.happened
        newest = recorded[-1]
        if (
            self.before
            and len(arrived) == len(recorded) - 1
            and arrived[-1] is not newest
            and arrived[-1].arrival <= newest.arrival
        ):
            return self.before[0].happened  # all but the event recorded last
        return tuple(sorted(arrived, key=lambda event: (event.instant, event.seq)))

    def _extended(
        self, view: tuple[Event, ...], known: Sequence[Folded]
    ) -> tuple[History, ...] | None:
        for folded in known:
            if len(folded.happened) == len(view) - 1 and folded.happened == view[:-1]:
                return folded.with_last(view[-1], self.tracks)
        return None
