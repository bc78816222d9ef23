"""The script of twenty lines prints what its readers are told it prints."""

import subprocess
import sys

PRINTED = """\
09:25 Notify the city offices and the media centre
10:40 Submit the basic facts and the assessment
10:40 Report a major matter to the leading group's office
Nothing changes before 09:25.

Notify the city offices and the media centre [notify-city]
Owed by Office of the leading group to City cyberspace office, City publicity department, \
City media centre.
Section 3: 领导组办公室在30分钟内告知市委网信办、市委宣传部、市融媒体中心
Reading chosen: from the leading group being told; other reading: from detection
Started 2026-03-02 08:55 +08:00: Reported to the leading group.
It applies to: Level I (major).
Due by 2026-03-02 09:25 +08:00:
  Counted from 2026-03-02 08:55 +08:00 (Asia/Shanghai).
  30 min after 2026-03-02 08:55 +08:00 is 2026-03-02 09:25 +08:00.
  Due 2026-03-02 09:25 +08:00.
Still to be done: The city offices were notified.
Not yet received by: City cyberspace office, City publicity department, City media centre.
15 min left.
Next: overdue after 2026-03-02 09:25 +08:00.
"""


def test_the_script_runs_alone_and_prints_the_same_everywhere(request, tmp_path):
    script = request.config.rootpath / "examples" / "script.py"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", script],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert done.stderr == ""
    assert done.stdout == PRINTED


def test_the_script_has_twenty_lines_at_most(request):
    script = request.config.rootpath / "examples" / "script.py"

    assert len(script.read_text("utf-8").splitlines()) <= 20
