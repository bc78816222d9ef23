"""A case in which everything happens that a picture or an export must show.

Late, late after a target, paused twice, withdrawn, recurring, extended, waiting; titles that are
long, in both languages, and with characters that markup must escape.
"""

from workflow.cases import Case
from workflow.plans import loads

NAME = "c-1 <&\"'> 案件"
NOW = "2026-03-05T09:00+08:00"
NOT_STARTED = {"never"}

PLAN = """
workflow: 1
name: rich
version: "1"
title: {en: "A <rich> & long plan", zh: 内容<丰富>的预案}
timezone: Asia/Shanghai
calendars:
  office: {hours: {mon-fri: ["09:00-12:00", "13:00-18:00"]}}
calendar: office
roles:
  duty: {en: Duty officer, zh: 值班员}
  office: {en: Office, zh: 办公室}
  city: {en: City, zh: 市级部门}
  press: {en: Press officer, zh: 新闻发言人}
  lead: {en: Lead group, zh: 领导组}
levels:
  - {id: high, title: {en: High, zh: 重大}}
  - {id: low, title: {en: Low, zh: 一般}}
conditions:
  waiting: {en: Waiting for the other side, zh: 等待对方}
stages:
  - {id: detect, title: {en: Detection, zh: 监测}}
  - {id: assess, title: {en: Assessment, zh: 研判}}
  - {id: respond, title: {en: Response, zh: 处置}}
  - {id: follow_up, title: {en: Follow-up, zh: 跟踪}}
  - {id: closed, title: {en: Closed, zh: 办结}}
opens: [detected]
events:
  detected: {en: Found, zh: 发现}
  reported: {en: Reported, zh: 报告}
  assessed: {en: "Assessed; <b>done</b> & signed", zh: 完成研判}
  published: {en: Statement published, zh: 发布}
  replied: {en: Replied, zh: 回复}
  subsided: {en: It subsided, zh: 平息}
  reviewed: {en: Review handed in, zh: 提交总结}
  asked: {en: The other side was asked, zh: 询问对方, sets: [waiting]}
  got-answer: {en: The other side answered, zh: 对方答复, clears: [waiting]}
  granted: {en: Extension granted, zh: 准予延期}
  interview: {en: Interview given, zh: 接受采访}
  progress: {en: Progress reported, zh: 续报}
  finished: {en: Finished, zh: 结束}
transitions:
  - {event: assessed, from: [detect], to: assess}
  - {event: published, from: [detect, assess], to: respond}
  - {event: subsided, from: [respond, assess], to: follow_up}
  - {event: finished, from: open, to: closed}
obligations:
  - id: report
    title:
      en: "Report <at once> & \\"in full\\" to everybody who has to know about it, whoever that is"
      zh: 向所有应当知情的单位第一时间如实报告有关情况，并说明原因、后果和已经采取的处置措施
    who: [duty]
    to: [office]
    from: detected
    target: 30 min
    limit: 2 h
    fulfilled_by: reported
    warn: [80%]
    escalate: [{to: [lead]}, {to: [city], after: 1 h}]
    section: "3"
    clause: "第一条；逗号,分号;反斜线\\\\"
  - {id: answer, title: {en: Answer the other side, zh: 答复对方}, who: [office], from: detected, within: 12 h, fulfilled_by: replied, paused_while: {when: [waiting]}, warn: [1 h]}
  - {id: watch, title: {en: Watch every day, zh: 每日监测}, who: [press], from: detected, recurring: {every: day}, fulfilled_by: progress, until: [subsided]}
  - {id: drop, title: {en: Not owed any more, zh: 不再需要}, who: [press], from: detected, within: 3 days, fulfilled_by: interview, level: [high]}
  - {id: statement, title: {en: Statement, zh: 声明}, who: [press, lead], from: assessed, within: 4 h, fulfilled_by: published}
  - {id: review, title: {en: Written review, zh: 书面总结}, who: [lead], from: subsided, within: 5 working days, fulfilled_by: reviewed, warn: [1 h, 50%]}
  - {id: longer, title: {en: Extended, zh: 延期}, who: [lead], from: detected, within: 1 day, extended_by: [granted], fulfilled_by: interview}
  - {id: soon, title: {en: At once, zh: 立即}, who: [duty], from: detected, due: promptly, fulfilled_by: replied}
  - {id: never, title: {en: After the end, zh: 结束之后}, who: [city], from: finished, within: 1 h, fulfilled_by: reviewed}
"""

EVENTS = (
    ("asked", "2026-03-02T10:00+08:00", {}),
    ("reported", "2026-03-02T11:55+08:00", {"by": "duty", "to": ["office"]}),
    ("assessed", "2026-03-02T12:10+08:00", {}),
    ("got-answer", "2026-03-02T15:00+08:00", {}),
    ("published", "2026-03-02T15:10+08:00", {"by": "press"}),
    ("progress", "2026-03-02T16:10+08:00", {"by": "press"}),
    ("reclassified", "2026-03-02T17:10+08:00", {"level": "low"}),
    ("asked", "2026-03-02T18:00+08:00", {}),
    ("got-answer", "2026-03-02T20:00+08:00", {}),
    ("progress", "2026-03-04T10:10+08:00", {"by": "press"}),
    ("subsided", "2026-03-04T12:10+08:00", {}),
)


def rich_plan():
    return loads(PLAN)


def rich_case(upto=None):
    """The case with its first events."""
    case = Case.open(rich_plan(), NAME, at="2026-03-02T08:40+08:00", level="high", by="duty")
    for event, at, said in EVENTS[:upto]:
        case = case.record(event, at=at, **said)
    return case
