"""Pictures: what a plan looks like."""

from workflow.pictures.state_diagram import state_diagram

__all__ = ["state_diagram"]
