"""Pictures: what a plan looks like, when its duties fall due, and where a case stands."""

from workflow.pictures.state_diagram import state_diagram, state_dot, state_svg
from workflow.pictures.timeline import timeline, timeline_of
from workflow.pictures.timetable_chart import timetable_chart

__all__ = [
    "state_diagram",
    "state_dot",
    "state_svg",
    "timeline",
    "timeline_of",
    "timetable_chart",
]
