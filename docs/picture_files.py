"""The pictures of the guides, drawn from the same calls that the guides show.

They are written beside the plan pages when the documentation is built, so that a picture cannot
differ from what the library draws. The same library always gives the same pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workflow import plans
from workflow.cli.demo import PLAN, event_file
from workflow.pictures import timeline, timetable_chart
from workflow.pictures.notebook import plan_svg
from workflow.reports.read_log import read_log
from workflow.reports.replay import replay

FOUND = "2026-03-03T08:40+08:00"
LOOKED_AT = "2026-03-03T12:10+08:00"


def write(folder: Path) -> None:
    """Write every picture into `folder`; one that would not change is left alone."""
    folder.mkdir(exist_ok=True)
    for name, drawn in _pictures():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != drawn:
            path.write_text(drawn, "utf-8")


def _pictures() -> Iterator[tuple[str, str]]:
    plan = plans.load(PLAN)
    case = next(iter(replay(plan, read_log(event_file())).cases.values()))
    yield "picture-states.svg", plan_svg(plan)
    yield "picture-timetable.svg", timetable_chart(plan, "major", FOUND)
    yield "picture-timeline.svg", timeline(case, LOOKED_AT)
    yield "picture-timeline-zh.svg", timeline(case, LOOKED_AT, lang="zh")
