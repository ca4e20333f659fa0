"""``firstmover backtest``: the frameworks of 2025 beside an ensemble of runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.shared import (
    AsJson,
    ScenarioName,
    Seed,
    Settings,
    console,
    load_chosen,
    plain_errors,
    print_json,
    print_table,
    progress_bar,
    writable,
)

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study.backtest import Backtest
    from sim.world import FrameworkDeal

__all__ = ["backtest"]

NARROW, WIDE = 80, 150


def backtest(  # noqa: PLR0913  (one parameter per option)
    scenario: ScenarioName = "april_2025",
    replications: Annotated[int, typer.Option(min=1, max=100_000, help="Runs.")] = 200,
    seed: Seed = None,
    settings: Settings = None,
    deals: Annotated[
        Path | None,
        typer.Option(
            help="Table of deals with the columns of deals.csv, e.g. later ones; those of 1 August when not set."
        ),
    ] = None,
    predicted: Annotated[
        Path | None, typer.Option(help="Weighted points of a calibration; those it left in the package when not set.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the figure; none is drawn when not set.")] = None,
    wide: Annotated[bool, typer.Option("--wide", help="All columns and partners: more than 80 columns.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare an ensemble of runs with the frameworks of 2025 known by 1 August, and with naive benchmarks."""
    with plain_errors():
        chosen = load_chosen(scenario, settings, replications=replications, seed=seed)
        from sim.study.backtest import run_backtest
        from sim.study.backtest_words import KNOWN, backtest_summary
        from sim.study.predicted import read_predicted
        from sim.world import load_deals

        known, points = load_deals(deals), read_predicted(predicted)
        _has_frameworks(known, deals)
        if out is not None:
            writable(out)
        with progress_bar(chosen, quiet=as_json) as advance:
            found = run_backtest(chosen, known, points, advance, notice=lambda words: typer.echo(words, err=True))
        named = KNOWN if deals is None else f"of {deals.name}"
        drawn = [] if out is None else _draw(chosen, found, out)
        if as_json:
            print_json(backtest_summary(chosen, found, named) | {"figures": [str(path) for path in drawn]})
            return
        _print(chosen, found, named, wide)
        for path in drawn:
            typer.echo(f"Figure: {path}")


def _has_frameworks(known: tuple[FrameworkDeal, ...], deals: Path | None) -> None:
    """Refuse a table in which nobody has signed."""
    from sim.world.errors import WorldDataError

    if deals is not None and not any(deal.signed for deal in known):
        raise WorldDataError(deals.name, "no framework in the table", None, "framework_date", "at least one date")


def _draw(scenario: Scenario, found: Backtest, out: Path) -> list[Path]:
    from sim.plots import Provenance, save
    from sim.plots import backtest as draw
    from sim.study.backtest import figure_table

    table = figure_table(found)
    return save(draw(table, Provenance.of(scenario, found.replications)), out, "backtest", table)


def _print(scenario: Scenario, found: Backtest, deals: str, wide: bool) -> None:
    from sim.study.backtest_words import backtest_lines, backtest_tables

    width = WIDE if wide else NARROW
    page: Any = console(width)
    for table in backtest_tables(scenario, found, deals, wide):
        print_table(table, width=width)
    for line in backtest_lines(scenario, found):
        page.print(line, highlight=False, markup=False)
