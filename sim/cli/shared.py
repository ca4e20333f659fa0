"""What all commands share: how they print, and how they say what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

__all__ = ["BAD_INPUT", "INTERRUPTED", "AsJson", "console", "plain_errors", "print_json"]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

BAD_INPUT = 2
INTERRUPTED = 130


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a user can mend into one line and exit status 2."""
    from sim.scenario import ScenarioError
    from sim.world.errors import ConvergenceError, WorldDataError

    try:
        yield
    except KeyboardInterrupt:
        typer.echo("firstmover: interrupted before the first replication was finished; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read along has read enough
        raise
    except (ScenarioError, WorldDataError, ConvergenceError, OSError) as error:
        typer.echo(f"firstmover: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    except ValueError as error:
        if type(error).__name__ not in ("ResultsError", "StoreError"):
            raise
        typer.echo(f"firstmover: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None


def print_json(data: Any) -> None:
    """Print plain data for machines."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def console() -> Any:
    """Return where tables are printed: as wide as the screen, or wide enough for all columns where there is none."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 150)
