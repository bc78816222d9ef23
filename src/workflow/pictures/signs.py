"""Signs: each state and each kind of notice has a shape of its own, so that colour is never alone.

Drawn as paths, since a reader's font may lack the characters.
"""

from __future__ import annotations

from workflow.cases.life import State
from workflow.cases.wakeups import NoticeKind
from workflow.pictures.svg import Svg, hint, tag

_STATES: dict[State, tuple[str, tuple[str, ...]]] = {
    State.PENDING: ("withdrawn", ("M-5 0h.01M0 0h.01M5 0h.01",)),
    State.RUNNING: ("running", ("M6 0A6 6 0 1 1 -6 0A6 6 0 1 1 6 0", "M0 -3.5V0L2.6 1.8")),
    State.PAUSED: ("paused", ("M-3 -5V5", "M3 -5V5")),
    State.MET: ("met", ("M6 0A6 6 0 1 1 -6 0A6 6 0 1 1 6 0", "M-2.8 .2L-.8 2.3L2.9 -2.2")),
    State.MET_LATE: ("late", ("M0 -6.5L6.5 0L0 6.5L-6.5 0Z", "M-2.4 .2L-.6 2L2.4 -1.8")),
    State.OVERDUE: ("late", ("M0 -6L6.5 5.5H-6.5Z", "M0 -2V1.6M0 3.6V3.7")),
    State.WITHDRAWN: ("withdrawn", ("M-4 -4L4 4M4 -4L-4 4",)),
}

_NOTICES: dict[NoticeKind, tuple[str, str]] = {
    NoticeKind.WARNING: ("notice", "M0 -4L4 3.5H-4Z"),
    NoticeKind.TARGET_MISSED: ("aim", "M-4 -3.5H4L0 4Z"),
    NoticeKind.BREACHED: ("late", "M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5"),
    NoticeKind.ESCALATED: ("late", "M0 4.5V-4M-3.6 -.6L0 -4.2L3.6 -.6"),
    NoticeKind.DUE_CHANGED: ("notice", "M-4.5 0H4M.8 -3.4L4.2 0L.8 3.4"),
    NoticeKind.BREACH_WITHDRAWN: ("met", "M4.5 0H-4M-.8 -3.4L-4.2 0L-.8 3.4"),
}
"""What is drawn; that a duty was met or withdrawn is seen on its bar already."""


def colour_of(state: State) -> str:
    """The name of a state's colour."""
    return _STATES[state][0]


def state_sign(state: State, x: float, y: float) -> Svg:
    """The sign of a state."""
    colour, paths = _STATES[state]
    strokes = [tag("path", d=path) for path in paths]
    return tag(
        "g", *strokes, class_=f"wf-sign wf-s-{colour}", transform=f"translate({x:.2f} {y:.2f})"
    )


def is_drawn(kind: NoticeKind) -> bool:
    """Whether notices of a kind have a mark of their own."""
    return kind in _NOTICES


def notice_sign(kind: NoticeKind, x: float, y: float, said: str = "") -> Svg:
    """The mark of a notice, with its sentence for those who point at it."""
    colour, path = _NOTICES[kind]
    inside = [hint(said)] if said else []
    return tag(
        "g",
        *inside,
        tag("path", d=path),
        class_=f"wf-sign wf-s-{colour}",
        transform=f"translate({x:.2f} {y:.2f})",
        data_notice=kind.value,
    )
