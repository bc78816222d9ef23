"""Asking: one request to the desk. Who asks, in which language, with which form.

A page is a plain function from an `Ask` to an answer. It runs in a thread of the server's pool,
since a database makes its callers wait; everything that must hold for all pages is done here.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import quote

import attrs
from examples.desk.desk import Desk
from examples.desk.people import Person
from examples.desk.security import is_ours, token_of
from examples.desk.showing import Pages
from examples.desk.words import say
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from workflow.errors import StoreError
from workflow.instants import Instant
from workflow.plans.text import Language

_log = logging.getLogger("desk")

LARGEST = 64 * 1024
"""Bytes in a form; the longest text is a few thousand characters."""


@attrs.frozen(kw_only=True)
class Ask:
    """One request.

    Attributes:
        desk: The desk.
        pages: The templates.
        request: The request.
        form: What was sent, for a POST.
        person: Who is signed in, if somebody is.
        lang: The language of the reader.
        now: The present: one instant for the whole page.
    """

    desk: Desk
    pages: Pages
    request: Request
    form: FormData
    visitor: Person | None
    lang: Language
    now: Instant

    @property
    def person(self) -> Person:
        """Who is signed in."""
        if self.visitor is None:
            raise LookupError("Nobody is signed in.")
        return self.visitor

    def say(self, word: str, **values: Any) -> str:
        """A sentence in the language of the reader."""
        return say(word, self.lang, **values)

    def show(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page from a template."""
        text = self.pages.render(
            template,
            lang=self.lang,
            now=self.now,
            person=self.visitor,
            token=token_of(self.request.session),
            path=self.request.url.path,
            here=here_of(self.request),
            **values,
        )
        return HTMLResponse(text, status)

    def problem(self, status: int, word: str) -> HTMLResponse:
        """A page that says what is wrong."""
        return self.show("problem.html", status, title=self.say(word), number=status)


Page: TypeAlias = Callable[[Ask], Response]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


def page(work: Page, *, visitors: bool = False) -> Endpoint:
    """The endpoint of a page; `visitors`: whether it can be seen without signing in."""

    async def endpoint(request: Request) -> Response:
        if request.method == "POST":
            length = request.headers.get("content-length")
            if length is None:
                return Response("How long is it?", 411, media_type="text/plain")
            if int(length) > LARGEST:
                return Response("Too large.", 413, media_type="text/plain")
        form = await request.form() if request.method == "POST" else FormData()
        ask = ask_of(request, form)
        if request.method == "POST" and not is_ours(request.session, form):
            return ask.problem(403, "foreign_form")
        if ask.visitor is None and not visitors:
            if request.headers.get("hx-request"):
                return Response(status_code=204, headers={"hx-refresh": "true"})
            return RedirectResponse(f"/sign-in?next={quote(here_of(request))}", 303)
        try:
            return await run_in_threadpool(work, ask)
        except StoreError:
            _log.exception("A page could not be made.")
            return ask.problem(503, "no_database")

    return endpoint


def ask_of(request: Request, form: FormData) -> Ask:
    """Who asks, in which language, at what time."""
    desk: Desk = request.app.state.desk
    return Ask(
        desk=desk,
        pages=request.app.state.pages,
        request=request,
        form=form,
        visitor=desk.people.get(request.session.get("person", "")),
        lang=language_of(request),
        now=desk.now,
    )


async def no_page(request: Request, _: Exception) -> Response:
    """What an address at which nothing is answers: a page that leads back."""
    return ask_of(request, FormData()).problem(404, "no_such_page")


def here_of(request: Request) -> str:
    """Where to come back to: the page asked for; for a form that was sent, the page it stood on."""
    path = request.url.path
    if request.method == "POST":
        return "/" if path in {"/language", "/sign-out"} else path.removesuffix("/record")
    return f"{path}?{request.url.query}" if request.url.query else path


def language_of(request: Request) -> Language:
    """The language chosen, or else the one that the browser asks for."""
    chosen = request.session.get("lang")
    if chosen in {"en", "zh"}:
        return "zh" if chosen == "zh" else "en"
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
