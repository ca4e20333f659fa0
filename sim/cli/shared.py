"""What all commands share: how they print, and how they say what went wrong."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = [
    "BAD_INPUT",
    "INTERRUPTED",
    "AsJson",
    "Driver",
    "Replications",
    "ScenarioName",
    "Seed",
    "Settings",
    "blamed_on",
    "console",
    "in_talks",
    "load_chosen",
    "partner_in",
    "place_of",
    "plain_errors",
    "print_json",
    "print_table",
    "progress_bar",
    "writable",
]

ScenarioName = Annotated[
    str, typer.Argument(help="Path of a scenario file, or a name of the catalogue.", metavar="SCENARIO")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", help="Change a parameter, e.g. queue.position=[1,last].", metavar="KEY=VALUE"),
]
Replications = Annotated[int | None, typer.Option(help="Twins per place.")]
Seed = Annotated[int | None, typer.Option(help="Seed of all luck.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

BAD_INPUT = 2
INTERRUPTED = 130


class Driver(StrEnum):
    """Drivers of the talks; `sim.ensemble.Engine`, which is not imported before it is needed."""

    AUTO = "auto"
    MESA = "mesa"
    COMPILED = "compiled"
    BOTH = "both"


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a user can mend into one line and exit status 2."""
    from sim.scenario import ScenarioError
    from sim.world.errors import ConvergenceError, WorldDataError

    try:
        yield
    except KeyboardInterrupt:
        typer.echo("firstmover: interrupted; finished runs are kept, and the same command goes on from there", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read along has read enough
        raise
    except OSError as error:
        named = error.filename is not None and error.strerror
        typer.echo(f"firstmover: {f'{error.filename}: {error.strerror}' if named else error}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    except (ScenarioError, WorldDataError, ConvergenceError) as error:
        typer.echo(f"firstmover: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    except ValueError as error:
        if type(error).__name__ not in ("ResultsError", "StoreError", "DiscoveryError"):
            raise
        typer.echo(f"firstmover: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None


def print_json(data: Any) -> None:
    """Print plain data for machines."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def console(width: int = 150) -> Any:
    """Return where tables are printed: as wide as the screen, or so wide where there is none.

    What is printed is printed as it is: titles and folders of users may hold brackets and colons.
    """
    from rich.console import Console

    wide = None if sys.stdout.isatty() else width
    return Console(width=wide, markup=False, emoji=False, highlight=False)


def print_table(table: Any, first: Sequence[str] = (), width: int = 150) -> None:
    """Print a table in the width at hand, in parts where it does not fit; `first` are the heads that matter most."""
    from sim.cli.listing import listings

    page = console(width)
    for part in listings(table, page, first):
        page.print(part)


def load_chosen(name: str, settings: list[str] | None, **options: int | None) -> Scenario:
    """Load a scenario with the settings of the command line laid over it."""
    from sim.scenario import load_scenario

    laid_over = [f"{key}={value}" for key, value in options.items() if value is not None]
    given = load_scenario(name, settings or [])
    if not laid_over:
        return given
    with blamed_on({key: f"--{key}" for key in options}):
        return load_scenario(name, [*(settings or []), *laid_over])


@contextmanager
def blamed_on(options: Mapping[str, str]) -> Iterator[None]:
    """Let an error about a key name the option by which it was given, and not ``--set``."""
    from sim.scenario import ScenarioError
    from sim.scenario.overrides import SET

    try:
        yield
    except ScenarioError as error:
        if error.file == SET and error.key in options:
            error.file = options[error.key]
            error.key = error.key if error.file != f"--{error.key}" else ""
        raise


def writable(folder: Path) -> None:
    """Fail before the work rather than after it when the folder cannot be written.

    Raises
    ------
    ScenarioError
        When it is a file, or cannot be made or written.
    """
    from sim.scenario import ScenarioError

    if folder.exists() and not folder.is_dir():
        raise ScenarioError("is a file; results need a folder", file=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        why = f"cannot be written ({error.strerror or error}); name another folder with --out"
        raise ScenarioError(why, file=str(folder)) from None


@contextmanager
def progress_bar(scenario: Scenario, quiet: bool) -> Iterator[Any]:
    """Show replications done, and how long the rest may take."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task(f"{scenario.name}: preparing and compiling", total=scenario.replications)

        def advance(done: int, total: int, what: str = "twins") -> None:
            bar.update(task, completed=done, total=total, description=f"{scenario.name}: {what}")

        yield advance


def place_of(text: str, partners: int) -> int:
    """Read a place in the queue."""
    from sim.scenario import ScenarioError

    if text == "last":
        return partners
    if not text.isdecimal() or not 1 <= int(text) <= partners:
        allowed = [f"1 to {partners}", "last"]
        raise ScenarioError(f"there is no place {text!r} among {partners} partners", file="--position", allowed=allowed)
    return int(text)


def in_talks(week: int, rounds: int) -> None:
    """Refuse a week after the talks have ended."""
    from sim.scenario import ScenarioError

    if week > rounds:
        raise ScenarioError(f"the talks end with week {rounds}", file="--week", allowed=[f"1 to {rounds}"])


def partner_in(iso: str, known: list[str]) -> str:
    """Refuse a partner that is not in the scenario."""
    from sim.scenario import ScenarioError
    from sim.scenario.errors import nearest

    if iso not in known:
        raise ScenarioError(
            f"{iso} is not a partner of this scenario",
            file="--partner",
            allowed=sorted(known),
            nearest=nearest(iso.upper(), known),
        )
    return iso
