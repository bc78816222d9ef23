"""The command line as a user meets it, in this process: exit code, what it wrote, what it said."""

import pytest

from workflow.__main__ import main


@pytest.fixture
def run(capsys):
    """Run `workflow` with these arguments; gives the code and both streams."""

    def runs(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return runs


@pytest.fixture
def refused(run):
    """Run what must be refused: code 2, nothing written, one line on the error stream."""

    def refuses(*arguments):
        code, out, err = run(*arguments)
        assert code == 2
        assert not out
        assert err.startswith("workflow: ")
        assert err.count("\n") == 1, err
        return err.removeprefix("workflow: ").strip()

    return refuses
