"""Twenty lines: a plan, a case, what is owed, and why."""

import workflow as wf

plan = wf.plans.load("municipal-investment-group")

# At 08:40 a serious matter is found; at 08:55 the department tells the leading group.
case = wf.Case.open(plan, "2026-0042", at="2026-03-02T08:40+08:00", level="major")
case = case.record("reported", at="2026-03-02T08:55+08:00", by="department", to=["leading-group"])

# Where does it stand at 09:10? The library reads no clock: the program says what time it is.
status = case.status("2026-03-02T09:10+08:00")
for clock in status.running[:3]:
    print(f"{clock.due:%H:%M} {clock.obligation.title.en}")
print(f"Nothing changes before {status.next_wakeup:%H:%M}.")
print()

# And why is the city to be told by 09:25?
print(case.explain("notify-city", status.now))
