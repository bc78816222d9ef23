"""Reports: event logs read from files, run through plans, and what came of it."""
