"""The command: `python -m examples.desk` starts the desk, with people and cases to try it with."""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path

import uvicorn
from examples.desk.app import create_app
from examples.desk.demo import demo_people, demo_plans, seed
from examples.desk.desk import make_desk
from examples.desk.people import read_people


def main() -> None:
    """Start the desk."""
    parser = argparse.ArgumentParser(prog="python -m examples.desk", description=__doc__)
    parser.add_argument("--database", type=Path, default=Path("desk.db"), help="the SQLite file")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
    parser.add_argument("--users", type=Path, help="a TOML file of users; without it, demo users")
    parser.add_argument("--empty", action="store_true", help="begin without demo cases")
    parser.add_argument("--https", action="store_true", help="cookies go over HTTPS only")
    said = parser.parse_args()

    if said.users is None:
        people, passwords = demo_people()
    else:
        people, passwords = read_people(said.users), {}
    desk = make_desk(said.database, demo_plans(), people)
    if not said.empty and passwords:
        seed(desk)
    print(f"The desk is at http://{said.host}:{said.port}/", flush=True)
    for name, password in passwords.items():
        person = people.get(name)
        print(f"  {name:8}  {password}  {person.title if person else ''}", flush=True)
    app = create_app(desk, secret=secret_of(said.database), https=said.https)
    uvicorn.run(app, host=said.host, port=said.port, log_level="warning")


def secret_of(database: Path) -> str:
    """What signs the session cookies: `DESK_SECRET`, or a file beside the database, made once."""
    if given := os.environ.get("DESK_SECRET"):
        return given
    path = database.with_suffix(".secret")
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text("utf-8")


if __name__ == "__main__":
    main()
