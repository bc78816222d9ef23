"""When a time that a plan allows is up: the slow truth, from the design's table of rules.

It shares no code with the package. Instants are microseconds since the epoch; amounts of time are
whole minutes. A pause is a pair of instants, its end None while it lasts. Pauses are taken in one
at a time, in order, each only if it begins before what is due without it and those after it.
"""

import datetime as dt
import functools

from minutes import MinuteCounter
from rules import MINUTE, SlowRules

ZONE = "Europe/Berlin"


def hours_on(day):
    """Monday to Friday, 09:00 to 12:00 and 13:00 to 17:00, in minutes after 00:00."""
    return ((540, 720), (780, 1020)) if day.weekday() < 5 else ()


SLOW = SlowRules(ZONE, hours_on)
# The edges of each day are walked once.
SLOW.closing = functools.cache(SLOW.closing)
SLOW.day_of = functools.cache(SLOW.day_of)


@functools.cache
def counter(pauses):
    return MinuteCounter(ZONE, hours_on, pauses=pauses)


def due(rule, anchor, pauses):
    """The due instant of a rule that counts, or None while a pause that lasts holds it up."""
    known = []
    for start, end in sorted(pauses, key=lambda pause: pause[0]):
        if start >= counted(rule, anchor, tuple(known)):
            break
        if end is None:
            return None
        known.append((start, end))
    return counted(rule, anchor, tuple(known))


@functools.lru_cache(maxsize=100_000)
def counted(rule, anchor, pauses):
    name, *how = rule
    if name == "elapsed":
        return SLOW.elapsed(anchor, how[0], pauses)
    if name == "working_time":
        return counter(pauses).add(anchor, how[0] * MINUTE)
    if name == "same_day":
        return SLOW.same_day(anchor, pauses)
    number, ends, rollover = how
    day = SLOW.day_of(anchor)
    while number == 0 and not SLOW.counts(day, pauses, working=name == "working_days"):
        # No day at all: the anchor's own day, or the first after it that counts.
        day += dt.timedelta(days=1)
        anchor = SLOW.start(day)
    return SLOW.days(
        anchor,
        number,
        pauses,
        working=name == "working_days",
        close=ends == "close",
        rollover=rollover,
    )


@functools.lru_cache(maxsize=100_000)
def used(rule, since, until, pauses):
    """How much of what a rule counts has gone: minutes, or the days after the first."""
    stops = tuple((start, until if end is None else end) for start, end in pauses)
    if rule[0] == "working_time":
        return counter(stops).count(since, until) // MINUTE
    if rule[0] == "elapsed":
        return sum(
            not any(start <= at < end for start, end in stops) for at in range(since, until, MINUTE)
        )
    day, last, gone = SLOW.day_of(since), SLOW.day_of(until), 0
    while day < last:
        day += dt.timedelta(days=1)
        gone += SLOW.counts(day, stops, working=rule[0] == "working_days")
    return gone


def less(rule, gone):
    """The rule with so much taken off."""
    name, number, *how = rule
    return (name, max(number - gone, 0), *how)
