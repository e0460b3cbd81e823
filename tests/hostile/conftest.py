"""The command line, as the tests of it run it."""

from tests.cli.conftest import run

__all__ = ["run"]
