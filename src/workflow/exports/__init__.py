"""Exports: a case in forms that other programs read."""

from workflow.exports.json_lines import json_lines

__all__ = ["json_lines"]
