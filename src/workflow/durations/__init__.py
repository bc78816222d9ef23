"""Durations: amounts of time whose units never mix.

`24 h` is not `1 day`, `30 days` is not `1 month`, `8 working hours` is not `1 working day`:
each counts something else, and how long it lasts is settled only by a date, a zone and a
calendar. Comparing or adding amounts that count different things raises `DurationError`.

The grammar, and the only one: a whole number, a space or none, and a unit.

====================================  ==============================  =============
text                                  counts                          ISO 8601
====================================  ==============================  =============
``45 s``, ``30 min``, ``2 h``         exact time                      ``PT45S``, ...
``30 working min``, ``5 working h``   working time of a calendar      none
``3 days``, ``2 weeks``               local days                      ``P3D``, ``P2W``
``3 working days``                    days on which a calendar opens  none
``1 month``, ``1 year``               months of the calendar          ``P1M``, ``P1Y``
====================================  ==============================  =============

Units are accepted in full and in the plural (``30 minutes``, ``5 working hours``). Exact and
working time may have a decimal fraction (``1.5 h``) and several parts (``1 h 30 min``).
An ISO 8601 duration may hold months, days and exact time at once (``P1M3DT12H``); it is then
applied in that order. A week is seven local days and a year is twelve months, everywhere.

Design: "Time", the sentence on durations.
"""

from workflow.durations.amount import Duration
from workflow.durations.units import ALLOWED, Counts

__all__ = ["ALLOWED", "Counts", "Duration"]
