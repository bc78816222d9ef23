"""The application: which page answers at which address, and the ticker that runs beside it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.resources import files

from examples.desk.asking import no_page, page
from examples.desk.board import board, board_rows
from examples.desk.case_page import case_page, changed, picture, why
from examples.desk.desk import Desk
from examples.desk.inbox import inbox
from examples.desk.matter_pages import matters, new_matter, open_matter
from examples.desk.recording import event_fields, record
from examples.desk.security import SafeAnswers
from examples.desk.showing import HERE, Pages
from examples.desk.signing import choose_language, sign_in, sign_in_form, sign_out
from examples.desk.ticking import Ticking
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

HTMX = files("django_htmx").joinpath("static/django_htmx/htmx-2.min.js").read_bytes()
"""htmx 2, from a package that carries it; nothing else of that package is used."""

SESSION = 12 * 60 * 60
"""Seconds after which one has to sign in again: a shift."""


def create_app(
    desk: Desk, *, secret: str, ticking: bool = True, https: bool = False, refresh: int = 15
) -> Starlette:
    """The application over a desk.

    Args:
        desk: The desk. It is closed when the application stops.
        secret: Signs the session cookies.
        ticking: Whether this process wakes the cases; one that only shows pages need not.
        https: Whether it is served over HTTPS, so that cookies may be kept to it.
        refresh: Every how many seconds an open page asks for what is new.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        ticker = Ticking(desk.engine)
        if ticking:
            ticker.start()
        try:
            yield
        finally:
            if ticking:
                ticker.stop()
            desk.engine.close()

    async def htmx(_: Request) -> Response:
        keep = {"cache-control": "max-age=86400"}
        return Response(HTMX, media_type="text/javascript", headers=keep)

    app = Starlette(
        routes=[
            Route("/sign-in", page(sign_in_form, visitors=True)),
            Route("/sign-in", page(sign_in, visitors=True), methods=["POST"]),
            Route("/sign-out", page(sign_out, visitors=True), methods=["POST"]),
            Route("/language", page(choose_language, visitors=True), methods=["POST"]),
            Route("/", page(board)),
            Route("/board/rows", page(board_rows)),
            Route("/matters", page(matters)),
            Route("/matters/new", page(new_matter)),
            Route("/matters/new", page(open_matter), methods=["POST"]),
            Route("/inbox", page(inbox)),
            Route("/cases/{case}", page(case_page)),
            Route("/cases/{case}/event", page(event_fields)),
            Route("/cases/{case}/record", page(record), methods=["POST"]),
            Route("/cases/{case}/why/{clock}", page(why)),
            Route("/cases/{case}/changed", page(changed)),
            Route("/cases/{case}/timeline.svg", page(picture)),
            Route("/static/htmx.js", htmx),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(SafeAnswers),
            Middleware(
                SessionMiddleware,
                secret_key=secret,
                session_cookie="desk",
                max_age=SESSION,
                https_only=https,
            ),
        ],
        exception_handlers={404: no_page},
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.state.pages = Pages(refresh=refresh)
    return app
