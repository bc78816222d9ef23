"""Signing in and out, and the choice of language."""

from __future__ import annotations

from examples.desk.asking import Ask
from examples.desk.security import local
from starlette.responses import RedirectResponse, Response


def sign_in_form(ask: Ask) -> Response:
    """The form to sign in with."""
    if ask.visitor is not None:
        return RedirectResponse("/", 303)
    return ask.show("sign_in.html", next=ask.request.query_params.get("next", "/"), error="")


def sign_in(ask: Ask) -> Response:
    """Sign in, and go on to the page that was asked for."""
    name = str(ask.form.get("name", ""))[:100]
    password = str(ask.form.get("password", ""))[:1_000]
    onward = local(str(ask.form.get("next", "/")))
    attempts = ask.desk.attempts
    if attempts.shut(name):
        return ask.show("sign_in.html", 429, next=onward, error="name_is_shut")
    person = ask.desk.people.sign_in(name, password)
    if person is None:
        attempts.failed(name)
        return ask.show("sign_in.html", 401, next=onward, error="wrong_password")
    attempts.succeeded(name)
    lang = ask.request.session.get("lang")
    ask.request.session.clear()  # a token that was known before is worth nothing now
    ask.request.session["person"] = person.name
    if lang:
        ask.request.session["lang"] = lang
    return RedirectResponse(onward, 303)


def sign_out(ask: Ask) -> Response:
    """Sign out."""
    ask.request.session.clear()
    return RedirectResponse("/sign-in", 303)


def choose_language(ask: Ask) -> Response:
    """Go on in another language."""
    ask.request.session["lang"] = "zh" if ask.form.get("lang") == "zh" else "en"
    return RedirectResponse(local(str(ask.form.get("next", "/"))), 303)
