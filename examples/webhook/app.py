"""The routes: take what another system posts, and say what is owed."""

from typing import Any

from examples.webhook.signed import SignatureError, check
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool

import workflow as wf

HOUR = 3_600_000_000  # microseconds


class Posted(BaseModel):
    """What the other system says happened. A time without an offset is refused."""

    model_config = ConfigDict(extra="forbid")

    case: str
    event: str
    at: AwareDatetime
    by: str | None = None
    to: list[str] | None = None
    level: str | None = None


def make_app(engine: wf.Engine, plan: wf.Plan, secret: str) -> FastAPI:
    """A web application over one engine.

    Args:
        engine: Keeps the cases; its time source says what time it is.
        plan: The plan under which a case is opened.
        secret: What the other system signs with: `whsec_` and the key in base64.
    """
    app = FastAPI(title="Webhook")

    @app.post("/events")
    async def receive(request: Request) -> JSONResponse:
        body = await request.body()
        key = check(secret, request.headers, body, engine.time.now() / 1_000_000)
        posted = Posted.model_validate_json(body)
        # A transaction may have to wait for another writer; other posts should not.
        return await run_in_threadpool(keep, posted, key)

    def keep(posted: Posted, key: str) -> JSONResponse:
        # The id of the post is the key: a post that comes twice is one event.
        said: dict[str, Any] = posted.model_dump(exclude={"case", "event"}) | {"key": key}
        if posted.event in plan.opens:
            done = engine.open(plan.name, posted.case, event=posted.event, **said)
        else:
            done = engine.record(posted.case, posted.event, **said)
        answer = {"case": posted.case, "duplicate": done.duplicate}
        return JSONResponse(answer, 200 if done.duplicate else 201)

    @app.get("/due")
    def due(hours: int = 24) -> list[dict[str, Any]]:
        """What falls due within so many hours in all cases, the late first."""
        until = wf.instants.to_moment(engine.time.now() + hours * HOUR, plan.zone)
        return [
            {
                "case": it.case,
                "duty": it.clock,
                "due": it.due.in_timezone(plan.timezone).isoformat(),
                "late": it.late,
            }
            for it in engine.owed(until)
        ]

    @app.get("/cases/{name}")
    def case(name: str) -> dict[str, Any]:
        """Where a case stands."""
        status = engine.status(name)
        running = {clock.id: clock.state.value for clock in status if clock.start_instant}
        return {"case": name, "stage": status.stage, "level": status.level, "duties": running}

    @app.exception_handler(SignatureError)
    def stranger(_: Request, error: SignatureError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 401)

    @app.exception_handler(ValidationError)
    def unreadable(_: Request, error: ValidationError) -> JSONResponse:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        return JSONResponse({"error": found}, 422)

    @app.exception_handler(wf.UnknownCaseError)
    def unknown(_: Request, error: wf.UnknownCaseError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 404)

    @app.exception_handler(wf.WorkflowError)
    def refused(_: Request, error: wf.WorkflowError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 409)

    @app.exception_handler(wf.StoreError)
    def not_now(_: Request, error: wf.StoreError) -> JSONResponse:
        # The sender should try again: with the same id it is the same event.
        return JSONResponse({"error": str(error)}, 503)

    return app
