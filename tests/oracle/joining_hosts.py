"""Hosts with a transaction of their own: the drivers, SQLAlchemy and Django, on both databases.

Each has `handle()`, what is given to `Engine.joining`; `transaction()` and `nested()`, which commit
at their end and roll back on an error; `insert(number)` into a table `orders`; `close()`.
"""

import contextlib
import sqlite3

import pytest


class Driver:
    """The bare connection of a driver."""

    def __init__(self, connection):
        self.connection = connection

    def handle(self):
        return self.connection

    def say(self, text):
        return self.connection.execute(text)

    def insert(self, number):
        self.say(f"INSERT INTO orders VALUES ({number})")  # noqa: S608 - a number of a test

    @contextlib.contextmanager
    def _between(self, begin, commit, rollback):
        self.say(begin)
        try:
            yield
        except BaseException:
            self.say(rollback)
            raise
        self.say(commit)

    def transaction(self):
        return self._between("BEGIN", "COMMIT", "ROLLBACK")

    def nested(self):
        return self._between("SAVEPOINT host", "RELEASE SAVEPOINT host", "ROLLBACK TO host")

    def close(self):
        self.connection.close()


class Psycopg(Driver):
    """A psycopg connection, whose own context managers are used."""

    def transaction(self):
        return self.connection.transaction()

    nested = transaction


class Alchemy:
    """A session of SQLAlchemy; `connection` hands over its connection instead of the session."""

    def __init__(self, engine, *, by_connection=False):
        orm = pytest.importorskip("sqlalchemy.orm")
        self.engine, self.by_connection = engine, by_connection
        self.session = orm.Session(engine)

    def handle(self):
        return self.session.connection() if self.by_connection else self.session

    def insert(self, number):
        self.session.connection().exec_driver_sql(f"INSERT INTO orders VALUES ({number})")  # noqa: S608

    def transaction(self):
        return self.session.begin()

    def nested(self):
        return self.session.begin_nested()

    def close(self):
        self.session.close()
        self.engine.dispose()


class Django:
    """A connection of Django, and `transaction.atomic` on it."""

    alias = "host"

    def __init__(self, **said):
        django = pytest.importorskip("django")
        from django.conf import settings
        from django.db import connections, transaction

        if not settings.configured:
            settings.configure(DATABASES={}, USE_TZ=True)
            django.setup()
        known = connections.configure_settings({"default": {}, self.alias: said})
        connections.settings[self.alias] = known[self.alias]
        self.connections, self.atomic = connections, transaction.atomic

    def handle(self):
        return self.connections[self.alias]

    def insert(self, number):
        with self.handle().cursor() as cursor:
            cursor.execute("INSERT INTO orders VALUES (%s)", [number])

    def transaction(self):
        return self.atomic(using=self.alias)

    nested = transaction

    def close(self):
        self.handle().close()
        del self.connections[self.alias]
        del self.connections.settings[self.alias]


def alchemy_engine(database, path):
    """An engine of SQLAlchemy on SQLite, which leaves BEGIN to it, or on PostgreSQL."""
    alchemy = pytest.importorskip("sqlalchemy")
    if database == "postgres":
        psycopg = pytest.importorskip("psycopg")
        return alchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(path))
    engine = alchemy.create_engine(f"sqlite:///{path}")

    @alchemy.event.listens_for(engine, "connect")
    def leave_begin_alone(connection, _record):
        connection.isolation_level = None

    @alchemy.event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")

    return engine


def make(kind, where):
    """The host of that kind, such as `django-postgres`, on a file or a URL."""
    host, _, database = kind.partition("-")
    if host == "driver" and database == "sqlite":
        return Driver(sqlite3.connect(where, isolation_level=None, timeout=0.1))
    psycopg = pytest.importorskip("psycopg") if database == "postgres" else None
    if host == "driver":
        return Psycopg(psycopg.connect(where, autocommit=True))
    if host in {"session", "connection"}:
        return Alchemy(alchemy_engine(database, where), by_connection=host == "connection")
    if database == "sqlite":
        return Django(ENGINE="django.db.backends.sqlite3", NAME=str(where))
    known = psycopg.conninfo.conninfo_to_dict(where)
    return Django(
        ENGINE="django.db.backends.postgresql",
        NAME=known.pop("dbname"),
        USER=known.pop("user", ""),
        PASSWORD=known.pop("password", ""),
        HOST=known.pop("host", ""),
        PORT=known.pop("port", ""),
        OPTIONS=known,
    )


KINDS = tuple(
    f"{host}-{database}"
    for host in ("driver", "session", "connection", "django")
    for database in ("sqlite", "postgres")
)
