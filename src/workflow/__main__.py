"""`python -m workflow` and the command `workflow`: the command line, or how to install it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from workflow.errors import MissingExtraError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 2 after bad input; see `cli.app.run`.

    Without click and rich it says in one line how to install them.
    """
    try:
        import click  # noqa: F401 - only asked whether it is there
        import rich  # noqa: F401 - likewise
    except ImportError as missing:
        told = MissingExtraError(missing.name or "click", "cli")
        sys.stderr.write(f"workflow: {told}\n")
        return 2
    from workflow.cli.app import run

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
