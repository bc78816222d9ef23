"""Pictures: what a plan looks like, and where a case stands."""

from workflow.pictures.state_diagram import state_diagram
from workflow.pictures.timeline import timeline, timeline_of

__all__ = ["state_diagram", "timeline", "timeline_of"]
