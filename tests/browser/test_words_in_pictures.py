"""Words in pictures, measured by a browser: none leaves its picture, and none covers another.

How wide words are is estimated when a picture is drawn; here somebody measures.
"""

import pytest
from rich_case import NOW, rich_case, rich_plan
from selenium.webdriver.common.by import By

from workflow.cases import Case
from workflow.engine import Engine, SimulatedTime
from workflow.pictures import timeline, timetable_chart
from workflow.plans import load, loads
from workflow.reports.duties import report
from workflow.reports.page import page

START = "2026-03-02T08:40+08:00"
LATER = "2026-03-03T14:40+08:00"
LONG = """
workflow: 1
name: long
version: "1"
title: {en: "A plan whose title does not fit on one line, however WIDE the picture may ever be MADE by anybody at all, 2026", zh: 一个名称非常非常长的应急预案用于看一看标题在图中是否会被截断或者溢出到图片之外因此需要写很多很多字直到写不下为止}
timezone: Asia/Shanghai
roles:
  a: {en: The very long name of an office that is responsible for ALMOST everything, zh: 县人民政府突发公共事件应急管理领导小组办公室值班室}
  b: {en: B, zh: 乙}
stages: [{id: detect, title: {en: Detection of whatever may have happened ANYWHERE, zh: 监测发现与信息收集核实阶段}}, {id: closed}]
opens: [found]
events: {found: Found, finished: Finished, told: Told}
transitions: [{event: finished, from: open, to: closed}]
obligations:
"""
DUTY = """
  - id: d{number}
    title: {{en: "{number} TELL everybody who MUST know about it in full and at once, in writing, WITH reasons", zh: "{number} 向所有应当知情的单位第一时间如实报告有关情况并说明原因后果和已经采取的处置措施"}}
    who: [{who}]
    from: found
    within: {minutes} min
    fulfilled_by: told
"""
OUTSIDE = """
const found = [];
for (const drawn of document.querySelectorAll("svg")) {
  const sheet = drawn.getBoundingClientRect();
  const texts = [...drawn.querySelectorAll("text")].filter((it) => it.textContent.trim());
  const boxes = texts.map((it) => [it.textContent, it.getBoundingClientRect()]);
  boxes.forEach(([said, box], place) => {
    if (box.left < sheet.left || box.right > sheet.right || box.bottom > sheet.bottom)
      found.push(`outside: ${said}`);
    for (const [other, beside] of boxes.slice(place + 1)) {
      const wide = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
      const high = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
      if (wide > 1 && high > 4) found.push(`${said} covers ${other}`);
    }
  });
}
return found;
"""


def long_plan(count):
    duties = (
        DUTY.format(number=number, who="ab"[number % 2], minutes=10 + number * 37)
        for number in range(count)
    )
    return loads(LONG + "".join(duties))


def timelines(lang):
    for width in (560, 700, 1080, 1600):
        yield timeline(rich_case(), NOW, lang=lang, width=width)
        yield timeline(rich_case(2), START, lang=lang, width=width)
    case = Case.open(long_plan(12), "A case with a VERY long name " * 8, at=START)
    yield timeline(case, LATER, lang=lang)


def timetables(lang):
    for width in (760, 1180, 1600):
        yield timetable_chart(rich_plan(), "high", START, lang=lang, width=width)
        plan = load("municipal-investment-group")
        yield timetable_chart(plan, "major", START, lang=lang, width=width)
        yield timetable_chart(long_plan(12), None, START, lang=lang, width=width)


def report_pages(lang):
    engine = Engine("memory://", [long_plan(12)], time_source=SimulatedTime(START))
    engine.open("long", "c-1", at=START)
    for by in (["obligation"], ["plan", "role", "obligation", "month"]):
        yield page(report(engine, by=by, now=LATER), lang=lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("drawn", [timelines, timetables])
def test_no_word_of_a_picture_leaves_it_or_covers_another(driver, tmp_path, drawn, lang):
    whole = "\n".join(drawn(lang)).replace("<svg ", '<svg style="max-width:none" ')
    shown(driver, tmp_path, f'<!doctype html><meta charset="utf-8">{whole}')
    assert driver.execute_script(OUTSIDE) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [400, 1280])
def test_no_word_of_a_report_leaves_its_chart_and_the_page_scrolls_only_in_its_tables(
    driver, tmp_path, lang, width
):
    said = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", said)
    for text in report_pages(lang):
        shown(driver, tmp_path, text)
        assert driver.execute_script(OUTSIDE) == []
        wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert driver.execute_script(wide) <= 0
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def shown(driver, folder, text):
    path = folder / "page.html"
    path.write_text(text, "utf-8")
    driver.get(path.as_uri())
    assert driver.find_elements(By.CSS_SELECTOR, "svg")
