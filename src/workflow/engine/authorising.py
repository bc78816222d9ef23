"""Authorising: a host is asked before anything is written on somebody's word.

Which role may do what is the plan's business and is always checked. Whether the one who calls holds
that role only the host knows: give the engine a function, and it is asked first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from workflow.errors import NotAuthorisedError


@attrs.frozen(kw_only=True)
class Intent:
    """What somebody is about to do.

    Attributes:
        action: `open`, `record`, `change_plan` or `forget`.
        case: The case; None: a person is to be forgotten in all cases.
        event: The type of the event; empty where none is recorded.
        by: The role that is said to do it, if one is said.
        person: The person who is said to do it, by name; for `forget` the one to be forgotten.
    """

    action: str
    case: str | None
    event: str = ""
    by: str | None = None
    person: str | None = None


Authorise: TypeAlias = Callable[[Intent], bool]
"""Says whether the host allows it. It may also raise an error of the host's own."""


@attrs.frozen
class Authority:
    """The host's word on what may be done.

    Attributes:
        asked: The host's function; None: everything is allowed.
    """

    asked: Authorise | None = None

    def check(self, intent: Intent) -> None:
        """Ask the host.

        Only True allows. A function that forgets to answer gives None, and a mistake must not
        open a door.

        Raises:
            NotAuthorisedError: The host did not say True.
        """
        if self.asked is None or self.asked(intent) is True:
            return
        who = f'the role "{intent.by}"' if intent.by else "whoever gives no role"
        where = "in all cases" if intent.case is None else f'in the case "{intent.case}"'
        what = f'{intent.action} "{intent.event}"' if intent.event else intent.action
        raise NotAuthorisedError(
            f"The host does not allow {who} to {what} {where}.",
            place=f"Engine, authorise, {intent.action}",
            mend="Nothing was written.",
        )
