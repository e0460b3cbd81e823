"""The command line: one command for each verb of `NewsIndex`, over the public API only."""

from __future__ import annotations

import os
import sys
from errno import ENOSPC
from io import TextIOWrapper

import click

import newsearch
from newsearch.cli import indexing, looking, saving, searching
from newsearch.cli.output import fail
from newsearch.errors import NewsearchError
from newsearch.interrupts import what_is_in

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--index",
    "location",
    envvar="NEWSEARCH_INDEX",
    default="indexes/default",
    show_default=True,
    show_envvar=True,
    metavar="PATH",
    help="Where the index is.",
)
@click.version_option(newsearch.__version__, prog_name="newsearch")
@click.pass_context
def cli(context: click.Context, location: str) -> None:
    """Search Indonesian regional news: index articles, search them, find related ones."""
    context.obj = location


for _command in (*indexing.COMMANDS, *searching.COMMANDS, *looking.COMMANDS, *saving.COMMANDS):
    cli.add_command(_command)


def main() -> None:
    """Run the command line; exit status 0 done, 1 nothing found, 2 wrong use or error."""
    if sys.stdout is None:  # closed by the caller (>&-)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the life of the process
    for stream in (sys.stdout, sys.stderr):
        # A terminal or a pipe that is not UTF-8 gets a question mark, not an error.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(standalone_mode=False)
    except click.UsageError as error:
        if error.ctx is not None and error.message == error.ctx.get_help():  # without any command
            click.echo(error.message, err=True)
            sys.exit(2)
        command = error.ctx.command_path if error.ctx else "newsearch"
        behind = "; a query that starts with a minus goes behind --"
        hint = behind if isinstance(error, click.NoSuchOption) else ""
        fail(f"{error.format_message().rstrip('.')}{hint} (see `{command} --help`)")
    except click.ClickException as error:
        fail(error.format_message())
    except newsearch.ArticleNotFoundError as error:
        fail(f"{error}; `newsearch search` shows the ids", status=1)
    except NewsearchError as error:
        fail(str(error))
    except (click.Abort, KeyboardInterrupt):
        fail(f"interrupted; {what_is_in()}", status=130)
    except BrokenPipeError:
        # The reader of the output (head, less) went away: that is no error. Python would
        # complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        fail(f"the output cannot be written: {error}" if error.errno == ENOSPC else str(error))
    except Exception as error:
        # Python 3.11 hides an interrupt while a class is made behind a RuntimeError.
        if isinstance(error.__cause__, KeyboardInterrupt):
            fail(f"interrupted; {what_is_in()}", status=130)
        if "NEWSEARCH_DEBUG" in os.environ:
            raise
        fail(f"internal error ({error!r}): please report it with the output of NEWSEARCH_DEBUG=1")
    sys.exit(status if isinstance(status, int) else 0)
