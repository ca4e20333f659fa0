"""``firstmover study``: the study of order."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.shared import (
    INTERRUPTED,
    AsJson,
    Driver,
    Replications,
    ScenarioName,
    Seed,
    Settings,
    load_chosen,
    plain_errors,
    print_json,
    print_table,
    progress_bar,
    writable,
)

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study.study import Study

__all__ = ["study"]


def study(  # noqa: PLR0913  (one parameter per option)
    scenario: ScenarioName = "japan_first",
    focal: Annotated[str | None, typer.Option(help="ISO code of the partner whose place is varied.")] = None,
    questions: Annotated[
        str | None,
        typer.Option(help="Of places, why, partners, orders, signing; all when not set.", metavar="LIST"),
    ] = None,
    sets: Annotated[
        str, typer.Option(help="Mechanisms switched on along a path a twin (paths), or all 128 sets a twin (all).")
    ] = "paths",
    replications: Replications = None,
    fewer: Annotated[int, typer.Option(min=2, max=1_000_000, help="Most twins of questions about everybody.")] = 200,
    seed: Seed = None,
    settings: Settings = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("results"),
    figures: Annotated[bool, typer.Option(help="Draw the figures too.")] = True,
    engine: Annotated[Driver, typer.Option(help="Who plays; the numbers are the same.")] = Driver.AUTO,
    as_json: AsJson = False,
) -> None:
    """Ask of a scenario what being first is worth, where it comes from, to whom, and when to sign.

    Runs are kept: the same command goes on where it was stopped, and more twins are added to those there are.
    """
    with plain_errors():
        laid_over = [*(settings or []), *([f"queue.focal={focal}"] if focal else [])]
        chosen = load_chosen(scenario, laid_over, replications=replications, seed=seed)
        asked = _questions(questions, sets)
        writable(out)
        try:
            found = _ask(chosen, asked, sets, fewer, (out, engine, as_json))
        except KeyboardInterrupt:
            typer.echo("firstmover: stopped; finished runs are kept: the same command goes on from there", err=True)
            raise typer.Exit(INTERRUPTED) from None
        _answered(found)
        _write(found, out, figures, as_json)


def _questions(given: str | None, sets: str) -> list[str]:
    """Read the questions, or say which there are."""
    from sim.scenario import ScenarioError
    from sim.scenario.errors import nearest
    from sim.study.shapley import ALL_SETS, PATHS
    from sim.study.study import QUESTIONS

    asked = list(QUESTIONS) if given is None else [name.strip() for name in given.split(",") if name.strip()]
    for where, word, known in (
        *(("--questions", name, list(QUESTIONS)) for name in asked),
        ("--sets", sets, [PATHS, ALL_SETS]),
    ):
        if word not in known:
            raise ScenarioError(f"there is no {word!r}", file=where, allowed=known, nearest=nearest(word, known))
    return asked


def _ask(chosen: Scenario, asked: list[str], sets: str, fewer: int, where: tuple[Path, Driver, bool]) -> Study:
    """Put the questions, with progress for each."""
    from sim.ensemble import Engine
    from sim.study.asking import How
    from sim.study.study import run_study

    out, engine, quiet = where
    with progress_bar(chosen, quiet=quiet) as advance:

        def how(name: str) -> How:
            def progress(done: int, total: int) -> None:
                advance(done, total, name)

            return How(out, None, Engine(engine.value), progress, lambda words: typer.echo(words, err=True))

        return run_study(chosen, asked, how, sets=sets, fewer=fewer)


def _answered(found: Study) -> None:
    """Refuse a study that could put none of its questions."""
    from sim.scenario import ScenarioError
    from sim.study import study_tables

    if not study_tables(found):
        problem = "only agents can play this scenario, and they are not asked about everybody"
        raise ScenarioError(problem, file="--questions", allowed=["places", "why"])


def _write(found: Study, out: Path, figures: bool, as_json: bool) -> None:
    """Write, draw and print the answers."""
    from sim.study.study_folder import as_data, study_folder, write_study

    folder = study_folder(out, found.scenario)
    command = shlex.join(["firstmover", *sys.argv[1:]])
    draw = None
    if figures:
        from sim.plots.study_album import draw_study

        if not as_json:
            typer.echo("Drawing figures ...", err=True)
        draw = partial(draw_study, found)
    write_study(found, folder, command, draw)
    if as_json:
        print_json({**as_data(found, command), "folder": str(folder)})
    else:
        _print(found, folder)


def _print(found: Study, folder: Path) -> None:
    from sim.study.study_screen import study_screen
    from sim.study.study_words import sentences

    for table in study_screen(found):
        print_table(table)
    for words in sentences(found).values():
        typer.echo(words)
    typer.echo(f"Results: {folder} (firstmover report {folder} makes one page of them)")
