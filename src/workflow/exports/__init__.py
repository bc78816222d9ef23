"""Exports: a case in forms that other programs read."""

from workflow.exports.calendar_file import calendar_file
from workflow.exports.cloud_events import cloud_event, cloud_event_json
from workflow.exports.gantt import gantt
from workflow.exports.json_lines import json_lines

__all__ = ["calendar_file", "cloud_event", "cloud_event_json", "gantt", "json_lines"]
