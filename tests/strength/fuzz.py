"""Fuzz the readers: whatever the text, nothing but the package's own errors may come out.

    python tests/strength/fuzz.py [--minutes N] [--target plans|durations|rules|calendars|all]

With atheris installed (`pip install atheris`) the search is guided by coverage; without it the same
edits are drawn from a seeded generator, and that is said. What broke a reader is printed as Python
that can be pasted into a test.
"""

import argparse
import random
import subprocess
import sys
import time
from importlib import resources

TARGETS = ("plans", "durations", "rules", "calendars")
SMALL = """\
workflow: 1
name: small
version: "1"
timezone: Asia/Shanghai
levels: [{id: high, en: High}, {id: low, en: Low}]
roles: {duty: Duty officer, lead: Lead group}
calendars: {office: {timezone: Asia/Shanghai, hours: {mon-fri: ["09:00-12:00"]}, holidays: CN}}
stages: [{id: detect}, {id: report}, {id: closed}]
opens: [found]
conditions: {waiting: Waiting}
events:
  found: Found
  reported: {en: Reported, zh: 报告, level: high}
  asked: {en: Asked, sets: [waiting]}
transitions:
  - {event: reported, from: [detect], to: report}
obligations:
  - id: report
    who: duty
    from: found
    within: 30 min
    by_level: {high: 10 min}
    fulfilled_by: [reported]
    warn: ["50%", 5 min]
    paused_while: {when: [waiting]}
    escalate: [{to: [lead], after: 30 min, repeat: 1 h, times: 2}]
  - {id: review, who: lead, recurring: {every: month, by: "the 5th"}}
"""
TOKENS = (
    "", "~", "null", "true", "[]", "{}", "[[]]", "{a: {b: 1}}", "-1", "0", "1e999", ".inf", "0x1F",
    "1:30", "on", "2026-02-30", "24:00", "9:0-1", "mon-xyz", "CN", "ZZ-Q", "Mars/Olympus", "&a", "*a",
    "!!python/object:os.system", "<<", "'", '"', "|", ">", "\t", "\u2028", "\0", "\ud800", "\U0001f4e2",
    "30 min", "3 days", "P1M3DT12H", "P", "PT", "999999999999 years", "½ h", "３天", "当日", "promised",
    "promptly", "same day", "every month", "FREQ=DAILY;COUNT=0", "FREQ=NEVER", "50%", "-5%", "1000%",
    "mon-fri", "sat", "sun-mon", "09:00-12:00", "22:00-06:00", "00:00-24:00", "open", "closed", "detect", "found", "reported", "nobody", "id", "en", "zh", "from", "to", "who",
)  # fmt: skip


class Drawn:
    """Draws numbers from bytes, as atheris's own provider does, or from a generator."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, most):
        """A number from 0 to `most`; 0 when the bytes are used up."""
        found = int.from_bytes(self.data[self.at : self.at + 2], "little")
        self.at += 2
        return found % (most + 1)

    def pick(self, choices):
        return choices[self.number(len(choices) - 1)]

    def rest(self):
        return self.data[self.at :].decode("utf-8", "replace")


def edited(text, drawn):
    """A document with a few edits: of a line, of a value, or of characters."""
    lines = text.split("\n")
    for _ in range(1 + drawn.number(5)):
        at = drawn.number(len(lines) - 1)
        match drawn.number(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[drawn.number(len(lines) - 1)])
            case 2:
                key, colon, _ = lines[at].partition(":")
                lines[at] = key + colon + " " + drawn.pick(TOKENS)
            case 3:
                lines[at] = " " * drawn.number(6) + lines[at].strip()
            case 4:
                place = drawn.number(len(lines[at]))
                lines[at] = lines[at][:place] + drawn.pick(TOKENS) + lines[at][place:]
            case 5:
                first, last = sorted((drawn.number(len(lines[at])), drawn.number(len(lines[at]))))
                lines[at] = lines[at][:first] + lines[at][last:]
            case 6:
                other = drawn.number(len(lines) - 1)
                lines[at], lines[other] = lines[other], lines[at]
        lines = lines or [""]
    return "\n".join(lines)


def words(drawn):
    """A few tokens, or whatever characters the bytes are."""
    if drawn.number(3) == 0:
        return drawn.rest()
    return drawn.pick(["", " ", ", "]).join(drawn.pick(TOKENS) for _ in range(1 + drawn.number(4)))


def subject(target):
    """What is called with drawn bytes, and how its input is shown."""
    from workflow.calendars import WorkingCalendar
    from workflow.durations import Duration
    from workflow.plans import loads
    from workflow.plans.due_text import format_rule, parse_rule

    folder = resources.files("workflow.plans").joinpath("library")
    library = [it.read_text("utf-8") for it in folder.iterdir() if it.name.endswith(".yaml")]
    seeds = [SMALL, SMALL, SMALL, *sorted(library, key=len)[:4]]

    def plans(drawn):
        text = edited(drawn.pick(seeds), drawn)
        return text, lambda: loads(text)

    def durations(drawn):
        text = words(drawn)

        def there_and_back():
            found = Duration.parse(text)
            assert Duration.parse(str(found)) == found

        return text, there_and_back

    def rules(drawn):
        options = ("ends", "rollover", "rollover_at", "start", "assume", "min_working_days", "by")
        text = {"rule": words(drawn)} | {
            drawn.pick(options): drawn.pick(TOKENS) for _ in range(drawn.number(2))
        }

        def there_and_back():
            found = parse_rule(text)
            assert parse_rule(format_rule(found)) == found

        return text, there_and_back

    def calendars(drawn):
        hours = {words(drawn): [words(drawn) for _ in range(drawn.number(2))]}
        said = (drawn.pick(["Asia/Shanghai", words(drawn)]), hours)
        more = {"holidays": drawn.pick([None, "CN", words(drawn)])}
        return (*said, more), lambda: WorkingCalendar(*said, **more)

    return {"plans": plans, "durations": durations, "rules": rules, "calendars": calendars}[target]


def tried(make, data):
    """Run one input; anything but the package's own error is printed and raised."""
    from workflow.errors import WorkflowError

    said, call = make(Drawn(data))
    try:
        call()
    except WorkflowError as error:
        str(error)  # the words of an error are made only when they are asked for
    except Exception:
        print(f"BROKEN by {said!r}", flush=True)
        raise


def guided(target, seconds):
    """Let atheris search for so long."""
    import atheris

    with atheris.instrument_imports(include=["workflow"]):
        make = subject(target)
    seed = ["-max_len=4096", f"-max_total_time={seconds}", "-print_final_stats=1", "-seed=20260302"]
    atheris.Setup([sys.argv[0], *seed], lambda data: tried(make, data))
    atheris.Fuzz()


def unguided(target, seconds):
    """Draw from a seeded generator for so long; how many inputs were tried."""
    make, choose = subject(target), random.Random(20260302)  # noqa: S311 - it keeps no secret
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        tried(make, choose.randbytes(choose.randrange(4, 200)))
        count += 1
    print(
        f"{target}: {count} inputs, unguided (atheris is not installed), seed 20260302", flush=True
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--target", choices=(*TARGETS, "all"), default="all")
    said = parser.parse_args()
    seconds = round(said.minutes * 60)
    if said.target == "all":
        # Each in a process of its own: atheris ends the one in which it runs.
        for target in TARGETS:
            share = str(said.minutes / len(TARGETS))
            command = [sys.executable, __file__, "--minutes", share, "--target", target]
            if subprocess.run(command, check=False).returncode:
                raise SystemExit(f"{target}: broken, see above")
        return
    try:
        import atheris  # noqa: F401 - whether it is there
    except ImportError:
        unguided(said.target, seconds)
    else:
        guided(said.target, seconds)


if __name__ == "__main__":
    main()
