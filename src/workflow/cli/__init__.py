"""The command line: `workflow demo`, `plans`, `show`, `timetable`, `due`, `replay`.

Needs the extra `cli` (click and rich). Bad input ends with code 2 and one clear line on the
error stream, never with a traceback.
"""
