"""The command line: plans and times, cases in a database, operation.

Needs the extra `cli` (click and rich). Bad input ends with code 2 and one clear line on the
error stream, never with a traceback.
"""
