"""What is served: the plan, the database and the secret, from the environment."""

import os
from pathlib import Path

from examples.webhook.app import make_app
from fastapi import FastAPI

import workflow as wf

PLAN = Path(__file__).parents[1] / "plans" / "software-incidents.yaml"


def app() -> FastAPI:
    """The application, as `uvicorn --factory examples.webhook.serve:app` wants it.

    `WEBHOOK_SECRET` must be set. `WORKFLOW_DB` names the database, by default `cases.db` here.
    Somebody must tick as well: `workflow run --db sqlite:///cases.db`, beside this.
    """
    plan = wf.load_plan(PLAN)
    engine = wf.Engine(os.environ.get("WORKFLOW_DB", "sqlite:///cases.db"), plans=[plan])
    return make_app(engine, plan, os.environ["WEBHOOK_SECRET"])
