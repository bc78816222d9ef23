"""Each fault of a plan document: the exact line that a person reads, with file, line and field."""

import pytest

from workflow import plans
from workflow.errors import PlanDocumentError
from workflow.plans.model import STANDARD_EVENTS

CITY = """\
workflow: 1
name: city
version: "1"
timezone: Asia/Shanghai
roles:
  office: {en: Office}
  head: {en: Head}
levels:
  - {id: major}
  - {id: minor}
categories:
  - {id: water}
conditions:
  waiting: {en: Waiting}
parameters:
  reply-time: {en: Time for a reply}
stages:
  - {id: detect}
  - {id: respond}
  - {id: closed}
opens: [detected]
events:
  detected: {en: Found}
  answered: {en: Answered}
  ended: {en: Ended}
transitions:
  - {event: answered, from: [detect], to: respond}
  - {event: ended, from: open, to: closed}
obligations:
  - id: answer
    who: office
    from: detected
    within: 2 h
    fulfilled_by: [answered]
"""

_KNOWN = ["detected", "answered", "ended", *(event.id for event in STANDARD_EVENTS)]
EVENTS = f"Allowed: {', '.join(_KNOWN)}."

# What is changed in the document above, and what is then said.
FAULTS = {
    "an unknown key names the nearest one": (
        [
            ("who: office", "whom: office"),
        ],
        [
            'city.yaml:31, obligations[0].whom: There is no key "whom" here. Allowed: id, title, who, to, with, level, category, stage, when, unless, from, each, within, target, limit, due, by_level, before, simultaneous_with, continuous, until, recurring, fulfilled_by, requires, states, approvals, paused_while, extended_by, restarted_by, reclassified, warn, escalate, soft, practice, reasons_if_late, calendar, section, source, clause, word, reading, note. Did you mean "who"?',
        ],
    ),
    "an unknown key of the plan and the missing one are both told": (
        [
            ("opens:", "open:"),
        ],
        [
            'city.yaml:1: The key "opens" is missing.',
            'city.yaml:21, open: There is no key "open" here. Allowed: workflow, name, version, title, timezone, calendars, calendar, sources, roles, levels, categories, conditions, parameters, stages, opens, events, transitions, obligations, conflicts, notes. Did you mean "opens"?',
        ],
    ),
    "a wrong unit is spelled out": (
        [
            ("2 h", "3 workdays"),
        ],
        [
            'city.yaml:33, obligations[0].within: "3 workdays" is not an amount of time. Allowed: a number and s, min, h, days, weeks, months, years, working min, working hours, working days; or same day, promised, promptly. Did you mean "3 working days"?',
        ],
    ),
    "a number without a unit is refused": (
        [
            ("2 h", "3"),
        ],
        [
            "city.yaml:33, obligations[0].within: 3 has no unit. Allowed: a number and a unit, such as 30 min, 2 h, 3 days, 3 working days.",
        ],
    ),
    "an unknown option of a rule is told at its own field": (
        [
            ("    within: 2 h\n", "    within: {working_days: 3, end: close}\n"),
        ],
        [
            'city.yaml:33, obligations[0].within.end: The rule working_days has no option "end". Allowed: ends, rollover, rollover_at, min_working_days, count_anchor_day, anchor_off_day. Did you mean "ends"?',
        ],
    ),
    "an unknown rule names the nearest one": (
        [
            ("    within: 2 h\n", "    within: {workdays: 3}\n"),
        ],
        [
            'city.yaml:33, obligations[0].within: A deadline rule names one rule; found: workdays. Allowed: one of elapsed, working_time, calendar_days, working_days, months, composite, same_day, promised, fixed, promptly, earliest_of, latest_of, recurring, or rule. Did you mean "working_days"?',
        ],
    ),
    "an unknown role that owes": (
        [
            ("who: office", "who: [offce]"),
        ],
        [
            'city.yaml:31, obligations[0].who[0]: The plan has no role "offce". Allowed: office, head. Did you mean "office"?',
        ],
    ),
    "unknown roles everywhere": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    to: [a]\n    with: [b]\n    approvals: {in_order: [c, [head, d], {by: e}], in_any_order: [f]}\n    escalate: [{to: [g], after: 1 h}]\n",
            ),
            ("{en: Head}", "{en: Head, reports_to: [h]}"),
            ("{id: major}", "{id: major, command: i}"),
        ],
        [
            'city.yaml:7, roles.head.reports_to[0]: The plan has no role "h". Allowed: office, head.',
            'city.yaml:9, levels[0].command: The plan has no role "i". Allowed: office, head.',
            'city.yaml:34, obligations[0].to[0]: The plan has no role "a". Allowed: office, head.',
            'city.yaml:35, obligations[0].with[0]: The plan has no role "b". Allowed: office, head.',
            'city.yaml:36, obligations[0].approvals.in_order[0]: The plan has no role "c". Allowed: office, head.',
            'city.yaml:36, obligations[0].approvals.in_order[1]: The plan has no role "d". Allowed: office, head.',
            'city.yaml:36, obligations[0].approvals.in_order[2].by: The plan has no role "e". Allowed: office, head.',
            'city.yaml:36, obligations[0].approvals.in_any_order[0]: The plan has no role "f". Allowed: office, head.',
            'city.yaml:37, obligations[0].escalate[0].to[0]: The plan has no role "g". Allowed: office, head.',
        ],
    ),
    "unknown levels": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    level: [mayor]\n"),
            ("{en: Found}", "{en: Found, level: big}"),
        ],
        [
            'city.yaml:23, events.detected.level: The plan has no level "big". Allowed: major, minor.',
            'city.yaml:34, obligations[0].level[0]: The plan has no level "mayor". Allowed: major, minor. Did you mean "major"?',
        ],
    ),
    "an unknown level in by_level": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    by_level: {tiny: {within: 1 h}}\n"),
        ],
        [
            'city.yaml:34, obligations[0].by_level.tiny: The plan has no level "tiny". Allowed: major, minor.',
        ],
    ),
    "an unknown category": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    category: fire\n"),
        ],
        [
            'city.yaml:34, obligations[0].category: The plan has no category "fire". Allowed: water.',
        ],
    ),
    "unknown stages": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    stage: [answer]\n"),
            ("to: respond", "to: respnd"),
            ("{en: Found}", "{en: Found, stages: [x]}"),
        ],
        [
            'city.yaml:23, events.detected.stages[0]: The plan has no stage "x". Allowed: detect, respond, closed.',
            'city.yaml:27, transitions[0].to: The plan has no stage "respnd". Allowed: detect, respond, closed. Did you mean "respond"?',
            'city.yaml:34, obligations[0].stage[0]: The plan has no stage "answer". Allowed: detect, respond, closed.',
        ],
    ),
    "unknown events everywhere": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    until: [over]\n    requires: [asked]\n    extended_by: [granted]\n    restarted_by: [again]\n    before: talk\n",
            ),
            ("from: detected", "from: detectd"),
            ("[answered]\n", "[replied]\n"),
            ("opens: [detected]", "opens: [found]"),
            ("event: ended", "event: over"),
        ],
        [
            f'city.yaml:21, opens[0]: The plan has no event "found". {EVENTS}',
            f'city.yaml:28, transitions[1].event: The plan has no event "over". {EVENTS}',
            f'city.yaml:32, obligations[0].from: The plan has no event "detectd". {EVENTS} Did you mean "detected"?',
            f'city.yaml:34, obligations[0].until[0]: The plan has no event "over". {EVENTS}',
            f'city.yaml:35, obligations[0].requires[0]: The plan has no event "asked". {EVENTS} Did you mean "answered"?',
            f'city.yaml:36, obligations[0].extended_by[0]: The plan has no event "granted". {EVENTS} Did you mean "noted"?',
            f'city.yaml:37, obligations[0].restarted_by[0]: The plan has no event "again". {EVENTS}',
            f'city.yaml:38, obligations[0].before: The plan has no event "talk". {EVENTS}',
            f'city.yaml:39, obligations[0].fulfilled_by[0]: The plan has no event "replied". {EVENTS} Did you mean "reclassified"?',
        ],
    ),
    "an unknown event of a part of a rule": (
        [
            (
                "    within: 2 h\n",
                "    within: {earliest_of: [{rule: 4 h, from: clasified}, {rule: 24 h, from: detected}]}\n",
            ),
        ],
        [
            f'city.yaml:33, obligations[0].within: The plan has no event "clasified". {EVENTS} Did you mean "reclassified"?',
        ],
    ),
    "unknown conditions": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    when: [wating]\n    unless: [busy]\n    paused_while: {when: [idle]}\n",
            ),
            ("{en: Found}", "{en: Found, sets: [hot], clears: [cold]}"),
        ],
        [
            'city.yaml:23, events.detected.sets[0]: The plan has no condition "hot". Allowed: waiting.',
            'city.yaml:23, events.detected.clears[0]: The plan has no condition "cold". Allowed: waiting.',
            'city.yaml:34, obligations[0].when[0]: The plan has no condition "wating". Allowed: waiting. Did you mean "waiting"?',
            'city.yaml:35, obligations[0].unless[0]: The plan has no condition "busy". Allowed: waiting.',
            'city.yaml:36, obligations[0].paused_while.when[0]: The plan has no condition "idle". Allowed: waiting.',
        ],
    ),
    "unknown calendars": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    calendar: ofice\n"),
            (
                "timezone: Asia/Shanghai\n",
                'timezone: Asia/Shanghai\ncalendars:\n  office: {hours: {mon-fri: ["09:00-17:00"]}}\ncalendar: offic\n',
            ),
        ],
        [
            'city.yaml:7, calendar: The plan has no calendar "offic". Allowed: office. Did you mean "office"?',
            'city.yaml:37, obligations[0].calendar: The plan has no calendar "ofice". Allowed: office. Did you mean "office"?',
        ],
    ),
    "an unknown parameter": (
        [
            ("    within: 2 h\n", "    within: {parameter: answer-time}\n"),
        ],
        [
            'city.yaml:33, obligations[0].within: The plan has no parameter "answer-time". Allowed: reply-time.',
        ],
    ),
    "an unknown parameter under the key that the document uses": (
        [
            ("    within: 2 h\n", "    due: {parameter: answer-time}\n"),
        ],
        [
            'city.yaml:33, obligations[0].due: The plan has no parameter "answer-time". Allowed: reply-time.',
        ],
    ),
    "a parameter sets the limit and not the target": (
        [
            ("    within: 2 h\n", "    target: {parameter: reply-time}\n"),
        ],
        [
            "city.yaml:33, obligations[0].target: A parameter sets the limit, not the target. Allowed: within, limit or due with {parameter: id}.",
        ],
    ),
    "an unknown obligation": (
        [
            (
                "    fulfilled_by: [answered]\n",
                "    fulfilled_by: [answered]\n  - {id: other, simultaneous_with: answr, fulfilled_by: answered}\n",
            ),
        ],
        [
            'city.yaml:35, obligations[1].simultaneous_with: The plan has no obligation "answr". Allowed: answer, other. Did you mean "answer"?',
        ],
    ),
    "obligations that share each other's time have none": (
        [
            (
                "    fulfilled_by: [answered]\n",
                "    fulfilled_by: [answered]\n  - {id: a, simultaneous_with: b, fulfilled_by: answered}\n  - {id: b, simultaneous_with: a, fulfilled_by: answered}\n",
            ),
        ],
        [
            'city.yaml:35, obligations[1].simultaneous_with: It shares the time of "b", which has none of its own. Allowed: an obligation with an event and a time of its own.',
            'city.yaml:36, obligations[2].simultaneous_with: It shares the time of "a", which has none of its own. Allowed: an obligation with an event and a time of its own.',
        ],
    ),
    "an unknown source": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    source: law\n"),
        ],
        [
            'city.yaml:34, obligations[0].source: The plan has no source "law". Allowed: none: the plan defines no source.',
        ],
    ),
    "ids that stand twice": (
        [
            ("{id: minor}", "{id: major}"),
            ("  - {id: closed}", "  - {id: closed}\n  - {id: detect}"),
            (
                "    fulfilled_by: [answered]\n",
                "    fulfilled_by: [answered]\n  - {id: answer, from: detected, within: 1 h, fulfilled_by: answered}\n",
            ),
        ],
        [
            'city.yaml:10, levels[1].id: The id "major" stands twice in levels. Allowed: each id once.',
            'city.yaml:21, stages[3].id: The id "detect" stands twice in stages. Allowed: each id once.',
            'city.yaml:36, obligations[1].id: The id "answer" stands twice in obligations. Allowed: each id once.',
        ],
    ),
    "keys that stand twice": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    within: 2 h\n"),
            ("  ended: {en: Ended}\n", "  ended: {en: Ended}\n  detected: {en: Again}\n"),
        ],
        [
            "city.yaml:26, events.detected: The key stands twice, the first time in line 23.",
            "city.yaml:35, obligations[0].within: The key stands twice, the first time in line 34.",
        ],
    ),
    "a target later than its limit": (
        [
            ("    within: 2 h\n", "    target: 5 h\n    limit: 180 min\n"),
        ],
        [
            "city.yaml:33, obligations[0].target: The target, 5 h, is later than the limit, 180 min. Allowed: a target that is not later than its limit.",
        ],
    ),
    "a target later than its limit at a level": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    by_level: {major: {target: 3 days, limit: 2 days}}\n",
            ),
        ],
        [
            "city.yaml:34, obligations[0].by_level.major.target: The target, 3 days, is later than the limit, 2 days. Allowed: a target that is not later than its limit.",
        ],
    ),
    "two keys for one limit": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    due: 3 h\n"),
        ],
        [
            "city.yaml:30, obligations[0]: within and due say the same thing. Allowed: one of within, limit and due; a target may stand beside it.",
        ],
    ),
    "an obligation that nothing fulfils": (
        [
            ("    fulfilled_by: [answered]\n", ""),
        ],
        [
            'city.yaml:30, obligations[0]: Nothing can fulfil "answer". Allowed: fulfilled_by: the events that fulfil it; or continuous: true.',
        ],
    ),
    "an obligation without an anchor": (
        [
            ("    from: detected\n", ""),
        ],
        [
            'city.yaml:30, obligations[0]: Nothing says from when "answer" is counted. Allowed: from, before or simultaneous_with.',
        ],
    ),
    "an obligation without a time": (
        [
            ("    within: 2 h\n", ""),
        ],
        [
            'city.yaml:30, obligations[0]: Nothing says by when "answer" is due. Allowed: within, target, limit, due, by_level, before, simultaneous_with, continuous or recurring. Where the text gives no number, write within: promptly.',
        ],
    ),
    "a stage that no transition leads to": (
        [
            ("  - {event: answered, from: [detect], to: respond}\n", ""),
        ],
        [
            'city.yaml:19, stages[1]: No transition leads to the stage "respond". Add a transition to respond, or leave the stage out.',
        ],
    ),
    "an event that moves from one stage to two": (
        [
            (
                "  - {event: ended",
                "  - {event: answered, from: [respond, detect], to: closed}\n  - {event: ended",
            ),
        ],
        [
            'city.yaml:28, transitions[1]: The event "answered" already moves a case from "detect", to "respond". Allowed: one transition for an event in a stage.',
        ],
    ),
    "a transition that starts nowhere": (
        [
            ("from: [detect], to: respond", "from: [], to: respond"),
        ],
        [
            "city.yaml:27, transitions[0].from: The transition starts in no stage. Allowed: at least one stage, or open.",
        ],
    ),
    "no stage is closed": (
        [
            ("  - {id: closed}\n", ""),
            ("  - {event: ended, from: open, to: closed}\n", ""),
        ],
        [
            "city.yaml:17, stages: No stage is closed, so a case could never end. Add {id: closed} at the end.",
        ],
    ),
    "the first stage is closed": (
        [
            (
                "  - {id: detect}\n  - {id: respond}\n  - {id: closed}\n",
                "  - {id: closed}\n  - {id: detect}\n  - {id: respond}\n",
            ),
            ("to: closed}", "to: detect}"),
        ],
        [
            "city.yaml:18, stages[0]: A case opens in the first stage, and this one is closed. List the stages in their order.",
            'city.yaml:19, stages[1]: No transition leads to the stage "detect". Add a transition to detect, or leave the stage out.',
            'city.yaml:20, stages[2]: No transition leads to the stage "respond". Add a transition to respond, or leave the stage out.',
        ],
    ),
    "a stage that is none of the documented ones": (
        [
            ("{id: respond}", "{id: answer}"),
            ("to: respond", "to: answer"),
        ],
        [
            'city.yaml:19, stages[1]: It is not said which documented stage "answer" is. Allowed: is: one of detect, report, assess, respond, follow_up, review, closed.',
        ],
    ),
    "working days without a calendar": (
        [
            ("2 h", "3 working days"),
        ],
        [
            'city.yaml:33, obligations[0].within: "3 working days" is counted on a working calendar, and the plan names none. Add calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}}} and calendar: office.',
        ],
    ),
    "a series of working days without a calendar": (
        [
            ("    within: 2 h\n", "    recurring: {every: working day}\n"),
        ],
        [
            'city.yaml:33, obligations[0].recurring: "every working day" is counted on a working calendar, and the plan names none. Add calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}}} and calendar: office.',
        ],
    ),
    "a parameter of working days without a calendar": (
        [
            ("    within: 2 h\n", "    within: {parameter: reply-time}\n"),
            ("{en: Time for a reply}", "{en: Time for a reply, value: 3 working days}"),
        ],
        [
            'city.yaml:16, parameters.reply-time.value: "3 working days" is counted on a working calendar, and the plan names none. Add calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}}} and calendar: office.',
        ],
    ),
    "a remainder of what counts neither time nor days": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    by_level: {major: {within: 1 month}}\n    reclassified: {changed: remaining}\n",
            ),
        ],
        [
            'city.yaml:34, obligations[0].by_level.major.within: "1 month" counts neither time nor days, so after a change of level no remainder of it can be found. Allowed: elapsed, working_time, calendar_days, working_days. Let reclassified.changed be from_anchor, stricter or restart.',
        ],
    ),
    "another time at a level where it does not apply": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    level: [major]\n    by_level: {minor: {within: 1 h}}\n",
            ),
        ],
        [
            'city.yaml:35, obligations[0].by_level.minor: "answer" does not apply at level "minor". Allowed: major.',
        ],
    ),
    "a choice that is none": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    reclassified: {newly: restrt, changed: 3}\n",
            ),
        ],
        [
            'city.yaml:34, obligations[0].reclassified.newly: "restrt" is none of the choices. Allowed: restart, from_anchor, ignore. Did you mean "restart"?',
            "city.yaml:34, obligations[0].reclassified.changed: 3 is none of the choices. Allowed: from_anchor, stricter, restart, remaining.",
        ],
    ),
    "repetitions without an interval, and an interval without repetitions": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    escalate: [{to: head, times: 3}, {to: head, repeat: 1 h}]\n",
            ),
        ],
        [
            "city.yaml:34, obligations[0].escalate[0]: It is said 3 times, and nothing says how often. Allowed: repeat: a time such as 1 h.",
            "city.yaml:34, obligations[0].escalate[1].repeat: It is said again every 1 h, and nothing says how many times. Allowed: times: how many times in all, such as 3.",
        ],
    ),
    "notices at times that are not exact": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    warn: [1 day]\n    escalate: [{to: head, after: 1 week, repeat: 0 h, times: 2}]\n",
            ),
        ],
        [
            "city.yaml:34, obligations[0].warn[0]: 1 day is not exact time: how long it lasts depends on the date. Allowed: s, min and h, such as 24 h.",
            "city.yaml:35, obligations[0].escalate[0].after: 1 week is not exact time: how long it lasts depends on the date. Allowed: s, min and h, such as 24 h.",
            "city.yaml:35, obligations[0].escalate[0].repeat: 0 h is no interval. Allowed: more than 0 s.",
        ],
    ),
    "wrong types": (
        [
            ("who: office", "who: {a: b}"),
            (
                "fulfilled_by: [answered]",
                "fulfilled_by: [[answered], 3]\n    soft: yes\n    title: [a]\n    note: 3\n    clause: {a: b}\n    warn: [1, 120%, x]\n    escalate: {to: office}\n    recurring: daily\n    approvals: []\n    by_level: []",
            ),
        ],
        [
            "city.yaml:31, obligations[0].who: This is a mapping. Allowed: an id or a list of ids.",
            "city.yaml:34, obligations[0].fulfilled_by[0]: This is a list. Allowed: one id.",
            'city.yaml:34, obligations[0].fulfilled_by[1]: 3 is a number. Allowed: one id. Write "3".',
            'city.yaml:35, obligations[0].soft: "yes" is text. Allowed: true, false. Did you mean true?',
            "city.yaml:36, obligations[0].title: This is a list. Allowed: text, or {en: ..., zh: ...}.",
            'city.yaml:37, obligations[0].note: 3 is a number. Allowed: text. Write "3".',
            "city.yaml:38, obligations[0].clause: This is a mapping. Allowed: text.",
            "city.yaml:39, obligations[0].warn[0]: 1 has no unit. Allowed: such as 30 min, 2 h.",
            'city.yaml:39, obligations[0].warn[1]: "120%" is no share of the time. Allowed: more than 0% up to 100%.',
            'city.yaml:39, obligations[0].warn[2]: "x" is not an amount of time. Allowed: a number and s, min, h, days, weeks, months, years, working min, working hours, working days.',
            "city.yaml:40, obligations[0].escalate: This is a mapping. Allowed: a list.",
            'city.yaml:41, obligations[0].recurring: "daily" is text. Allowed: a mapping such as {every: day}.',
            "city.yaml:42, obligations[0].approvals: This is a list. Allowed: a mapping.",
            "city.yaml:43, obligations[0].by_level: This is a list. Allowed: a mapping of ids.",
        ],
    ),
    "bare text where a list is wanted": (
        [
            ("    within: 2 h\n", "    within: 2 h\n    warn: 50%\n"),
            ("{id: major}", "{id: major, criteria: abc}"),
        ],
        [
            'city.yaml:9, levels[0].criteria: "abc" is text. Allowed: a list. Write ["abc"].',
            'city.yaml:34, obligations[0].warn: "50%" is text. Allowed: a list. Write ["50%"].',
        ],
    ),
    "a title in another language, or that is no text": (
        [
            (
                "    within: 2 h\n",
                "    within: 2 h\n    title: {en: Answer, de: Antwort}\n    reading: {en: 3}\n",
            ),
        ],
        [
            'city.yaml:34, obligations[0].title: There is no language "de" here. Allowed: en, zh.',
            "city.yaml:35, obligations[0].reading: Under en: 3 is a number. Allowed: text.",
        ],
    ),
    "texts that are no ids": (
        [
            ("id: answer\n", "id: an swer\n"),
            ("detected: {en: Found}", "detected: {en: Found}\n  a b: {en: x}"),
        ],
        [
            'city.yaml:24, events.a b: "a b" is not an id. Allowed: letters, digits, hyphens, underscores and dots, beginning with a letter or digit. Did you mean "a-b"?',
            'city.yaml:31, obligations[0].id: "an swer" is not an id. Allowed: letters, digits, hyphens, underscores and dots, beginning with a letter or digit. Did you mean "an-swer"?',
        ],
    ),
    "an obligation without an id": (
        [
            ("id: answer\n    ", ""),
        ],
        [
            'city.yaml:30, obligations[0]: The key "id" is missing.',
        ],
    ),
    "tags, anchors and aliases": (
        [
            ("en: Found", "en: !secret Found"),
            ("[detected]", "&a [detected]"),
            ("from: detected", "from: *a"),
        ],
        [
            'city.yaml:21, opens: "&a" is a YAML anchor. Leave it out.',
            'city.yaml:23, events.detected.en: "!secret" is a YAML tag. Leave it out.',
            'city.yaml:32, obligations[0].from: "*a" is a YAML alias. Write the value out.',
        ],
    ),
    "a key without a value": (
        [
            ("from: detected", "from:"),
        ],
        [
            "city.yaml:32, obligations[0].from: It has no value. Leave the key out, or give it a value.",
        ],
    ),
    "a wrong format version, name and version": (
        [
            ("workflow: 1", "workflow: 2"),
            ('version: "1"', "version: [1]"),
            ("name: city", "name: My City"),
        ],
        [
            "city.yaml:1, workflow: 2 is not a version of the format. Allowed: 1.",
            'city.yaml:2, name: "My City" is not a plan\'s name. Allowed: lower case letters a to z, digits, and hyphens between them. Did you mean "my-city"?',
            "city.yaml:3, version: This is a list. Allowed: text or a number.",
        ],
    ),
    "an unknown time zone names the nearest one": (
        [
            ("Asia/Shanghai", "Asia/Shangai"),
        ],
        [
            'city.yaml:4, timezone: "Asia/Shangai" is not a time zone. Allowed: an IANA name such as Asia/Shanghai, or an offset such as +08:00. Did you mean "Asia/Shanghai"?',
        ],
    ),
    "calendars that cannot be read": (
        [
            (
                "roles:",
                'calendars:\n  office: {hours: {mon-fry: ["09:00-17:00"]}, holidays: CHN}\n  other: {holidays: []}\n  late: {hours: {mon: ["9-17"]}, special_days: {2026-02-30: []}, makeup_hours: ["x"]}\nroles:',
            ),
        ],
        [
            'city.yaml:6, calendars.office.hours.mon-fry: "mon-fry" names no weekdays. Allowed: a day or a range of days, such as "mon-fri", of mon, tue, wed, thu, fri, sat, sun. Did you mean "fri"?',
            'city.yaml:6, calendars.office.holidays: "CHN" is not a country with known holidays. Allowed: an ISO 3166 code such as "CN", or with a subdivision, such as "US-MA". Did you mean "CN"?',
            'city.yaml:7, calendars.other: The key "hours" is missing.',
            "city.yaml:8, calendars.late.hours.mon: '9-17' is not a span. Allowed: \"HH:MM-HH:MM\" with hours 00 to 23, and 24:00 as an end.",
            "city.yaml:8, calendars.late.special_days: '2026-02-30' is not a date. Allowed: a date such as datetime.date(2026, 10, 1) or 2026-10-01.",
            "city.yaml:8, calendars.late.makeup_hours: 'x' is not a span. Allowed: \"HH:MM-HH:MM\" with hours 00 to 23, and 24:00 as an end.",
        ],
    ),
    "a section that is no list explains what it leaves unknown": (
        [
            ("levels:\n  - {id: major}\n  - {id: minor}\n", "levels: major\n"),
            ("    within: 2 h\n", "    within: 2 h\n    level: major\n"),
        ],
        [
            'city.yaml:8, levels: "major" is text. Allowed: a list.',
        ],
    ),
    "an entry that is no mapping": (
        [
            ("  office: {en: Office}\n", "  office: 3\n"),
        ],
        [
            "city.yaml:6, roles.office: 3 is a number. Allowed: a mapping.",
        ],
    ),
    "faults of form and of sense are told together, in the order of the document": (
        [
            ("{id: minor}", "{id: minor, colour: red}"),
            ("2 h", "2 hrs"),
            ("who: office", "who: mayor"),
            ("to: closed}", "to: close}"),
        ],
        [
            'city.yaml:10, levels[1].colour: There is no key "colour" here. Allowed: id, title, criteria, all_criteria, command, clause, note.',
            'city.yaml:28, transitions[1].to: The plan has no stage "close". Allowed: detect, respond, closed. Did you mean "closed"?',
            'city.yaml:31, obligations[0].who: The plan has no role "mayor". Allowed: office, head.',
            'city.yaml:33, obligations[0].within: "2 hrs" is not an amount of time. Allowed: a number and s, min, h, days, weeks, months, years, working min, working hours, working days; or same day, promised, promptly. Did you mean "2 h"?',
        ],
    ),
}


def changed(edits):
    text = CITY
    for before, after in edits:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    return text


def test_the_document_that_the_faults_are_put_into_has_none():
    plan = plans.loads(CITY, name="city.yaml")

    assert [owed.id for owed in plan.obligations] == ["answer"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_file_line_field_and_what_is_allowed(name):
    edits, expected = FAULTS[name]

    with pytest.raises(PlanDocumentError) as caught:
        plans.loads(changed(edits), name="city.yaml")

    assert [str(problem) for problem in caught.value.problems] == expected
    assert str(caught.value) == "\n".join(expected)
