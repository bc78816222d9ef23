"""Derivations: steps as data and as sentences, in both languages."""

import datetime as dt
import json

import pytest

from workflow.derivation import Caveat, DayNote, Derivation, Sentence, Step, Trace, show_day
from workflow.durations import Duration
from workflow.instants import to_instant, zone_of

ZONE = zone_of("Asia/Shanghai")
AT = to_instant("2026-03-02T08:40+08:00")
DAY = dt.date(2026, 3, 2)


def test_a_step_is_a_sentence_with_its_numbers_in_either_language():
    step = Step("elapsed", {"amount": Duration.parse("30 min"), "end": AT}, Sentence(
        "{amount} end at {end}.", "{amount}于{end}届满。"))  # fmt: skip
    assert step.text(ZONE) == "30 min end at 2026-03-02 08:40 +08:00."
    assert step.text(ZONE, "zh") == "30分钟于2026-03-02 08:40 +08:00届满。"


def test_a_step_without_a_sentence_lists_its_numbers():
    assert Step("odd", {"n": 3, "at": AT}).text(ZONE) == "odd: n 3, at 2026-03-02 08:40 +08:00"


def test_the_source_stands_behind_the_sentence_and_in_the_data():
    step = Step("rule", {"n": 3}, Sentence("{n}", "{n}"), "art. 3")
    assert step.text(ZONE) == "3 [art. 3]"
    assert step.data(ZONE) == {"step": "rule", "n": 3, "source": "art. 3"}


@pytest.mark.parametrize(
    ("key", "value", "shown", "plain"),
    [
        ("n", 3, "3", 3),
        ("due", AT, "2026-03-02 08:40 +08:00", "2026-03-02T08:40:00+08:00"),
        ("day", DAY, "Mon 2026-03-02", "2026-03-02"),
        ("time", dt.time(12), "12:00", "12:00:00"),
        ("time", dt.time(12, 0, 1), "12:00:01", "12:00:01"),
        ("amount", 90_000_000, "90 s", 90_000_000),
        ("rule", Sentence("a rule", "规则"), "a rule", "a rule"),
        ("at", (AT, AT), "2026-03-02 08:40 +08:00, 2026-03-02 08:40 +08:00",
         ["2026-03-02T08:40:00+08:00"] * 2),
        ("spans", ((AT, AT),), "2026-03-02 08:40 +08:00–2026-03-02 08:40 +08:00",
         [["2026-03-02T08:40:00+08:00"] * 2]),
        ("empty", (), "", []),
    ],
)  # fmt: skip
def test_each_kind_of_value_is_shown_to_people_and_given_to_machines(key, value, shown, plain):
    step = Step("x", {key: value}, Sentence("{" + key + "}", ""))
    assert step.text(ZONE) == shown
    assert step.data(ZONE)[key] == plain
    json.dumps(step.data(ZONE))


def test_days_of_one_reason_in_a_row_are_drawn_together():
    festival, weekend = Sentence("Spring Festival", "春节"), Sentence("weekend", "周末")
    days = [DayNote(dt.date(2026, 2, n), "holiday", festival) for n in (16, 17, 18, 20)]
    notes = (*days, DayNote(dt.date(2026, 2, 21), "weekend", weekend))
    step = Step("days", {"skipped": notes}, Sentence("{skipped}", "{skipped}"))
    assert step.text(ZONE) == (
        "Mon 2026-02-16 to Wed 2026-02-18 (Spring Festival), Fri 2026-02-20 (Spring Festival), "
        "Sat 2026-02-21 (weekend)"
    )
    assert step.text(ZONE, "zh").startswith("2026-02-16（周一）至2026-02-18（周三）：春节；")
    assert step.data(ZONE)["skipped"][0] == {
        "day": "2026-02-16",
        "why": "holiday",
        "name": "Spring Festival",
    }


def test_a_long_list_says_how_many_are_left_out_unless_it_is_only_one():
    step = Step("x", {"n": tuple(f"d{n}" for n in range(15))}, Sentence("{n}", "{n}"))
    assert step.text(ZONE).endswith("d11, and 3 more")
    assert step.text(ZONE, "zh").endswith("d11；等另外3项")
    assert (
        Step("x", {"n": tuple(f"d{n}" for n in range(13))}, Sentence("{n}", "{n}"))
        .text(ZONE)
        .endswith("d12")
    )


def test_a_trace_records_goes_back_and_warns_once():
    trace = Trace()
    trace.note("anchor", at=AT)
    mark = trace.mark()
    trace.note("given up", n=1)
    trace.back_to(mark)
    caveat = Caveat(kind="reach", en="not announced", zh="尚未公布")
    trace.warn([caveat])
    trace.warn([caveat])
    found = trace.derivation(ZONE)
    assert [step.kind for step in found] == ["anchor"]
    assert found.caveats == (caveat,)
    assert str(found).splitlines()[-1] == "Caution: not announced"
    assert found.text("zh").splitlines()[-1] == "注意：尚未公布"
    assert str(caveat) == "not announced"


def test_a_derivation_speaks_its_own_language_unless_told_otherwise():
    step = Step("x", {}, Sentence("yes", "是"))
    found = Derivation(steps=(step,), zone=ZONE, lang="zh")
    assert (str(found), found.text("en")) == ("是", "yes")
    assert found.data() == [{"step": "x"}]


def test_values_cannot_be_changed_afterwards():
    step = Step("x", {"n": 1})
    with pytest.raises(TypeError):
        step.values["n"] = 2


def test_a_day_is_shown_with_its_weekday():
    assert (show_day(DAY, "en"), show_day(DAY, "zh")) == ("Mon 2026-03-02", "2026-03-02（周一）")
