"""People: who may sign in, and which roles of the plans each one holds.

Passwords are kept as scrypt hashes (RFC 7914), each with a salt of its own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from workflow.plans.text import Text

_COST = 14
"""2 to this power: 16 MB and about 50 ms for each try."""


@attrs.frozen(kw_only=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        name: The name to sign in with.
        title: What others see.
        roles: The ids of the roles that this person holds, in whatever plan has them.
        clerk: Whether this person may record what any role did, as one who keeps the log may.
        password: The hash of the password; see `hashed`.
    """

    name: str
    title: Text
    roles: tuple[str, ...] = ()
    clerk: bool = False
    password: str = attrs.field(repr=False)


class People:
    """Everybody who may sign in."""

    def __init__(self, persons: Iterable[Person]) -> None:
        """Know these people."""
        self._persons = {person.name: person for person in persons}
        # A name that nobody has costs the same time as a wrong password.
        self._nobody = hashed(secrets.token_hex())

    def get(self, name: str) -> Person | None:
        """The person of that name."""
        return self._persons.get(name)

    def sign_in(self, name: str, password: str) -> Person | None:
        """The person, if this is the password; else None."""
        person = self._persons.get(name)
        kept = self._nobody if person is None else person.password
        return person if matches(password, kept) else None

    def __iter__(self) -> Iterator[Person]:
        """Each of them, in the order of the file."""
        return iter(self._persons.values())


def read_people(path: Path) -> People:
    """The people of a TOML file: a table for each, named as they sign in.

    Keys: `title`, `title_zh`, `roles`, `clerk`, `password` (a hash, from
    `python -m examples.desk.people`).
    """
    entries = tomllib.loads(path.read_text("utf-8"))
    return People(
        Person(
            name=name,
            title=Text(entry.get("title", name), entry.get("title_zh", "")),
            roles=tuple(entry.get("roles", ())),
            clerk=entry.get("clerk", False),
            password=entry["password"],
        )
        for name, entry in entries.items()
    )


def hashed(password: str, *, cost: int = _COST) -> str:
    """The password's hash, with its salt and cost."""
    salt = secrets.token_bytes(16)
    return f"scrypt:{cost}:{_text(salt)}:{_text(_scrypt(password, salt, cost))}"


def matches(password: str, kept: str) -> bool:
    """Whether it is the password of that hash."""
    _, cost, salt, right = kept.split(":")
    found = _scrypt(password, base64.b64decode(salt), int(cost))
    return hmac.compare_digest(found, base64.b64decode(right))


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**cost, r=8, p=1, maxmem=2**27)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


if __name__ == "__main__":
    import getpass

    print(hashed(getpass.getpass("Password: ")))
