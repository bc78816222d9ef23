"""The commands by name: where each is, and its line of help. None is imported before it is asked.

A test holds every line of help here against the command's own.
"""

from __future__ import annotations

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Plans and times": {
        "demo": ("demo:demo", "Tell one worked case from detection to review."),
        "plans": ("plans:plans", "List the plans that come with the package."),
        "show": ("plans:show", "Show what a plan says."),
        "timetable": ("timetable:timetable", "Every duty of a plan from one moment."),
        "due": ("due:due", "One due time with its steps; without a rule, what is due next."),
        "replay": ("replay:replay", "Run an event log through a plan."),
        "picture": ("picture:picture", "Draw a plan or a case as SVG."),
    },
    "Cases in a database": {
        "open": ("record:open_", "Open a case under a plan."),
        "record": ("record:record", "Record an event of a case."),
        "status": ("status:status", "Where a case stands; without a name, all cases."),
        "overdue": ("owed:overdue", "What is overdue in all cases."),
        "calendar": ("calendar:calendar", "What is due, as an iCalendar file."),
        "report": ("report:report", "Rates and times of the duties in all cases."),
        "watch": ("watch:watch", "A live board of what is due next."),
    },
    "Operation": {
        "tick": ("tick:tick", "Wake the cases whose time has come, once."),
        "run": ("run:run", "Wake cases and deliver notices until stopped."),
        "verify": ("verify:verify", "Check that the database holds what was written."),
        "parked": ("parked:parked", "What was given up until somebody looks at it."),
        "export": ("carry:export", "Write the whole database as JSON Lines."),
        "import": ("carry:import_", "Read an export into a database."),
        "forget": ("forget:forget", "Take a person's name and words out of the logs."),
        "completion": ("completion:completion", "Print the completion script of a shell."),
    },
}
"""For each section of the help: name, `module:attribute` in this folder, line of help."""

COMMANDS = {name: it for section in SECTIONS.values() for name, it in section.items()}
"""The same without the sections."""
