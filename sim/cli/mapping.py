"""``firstmover maps``: what the answer depends on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim import __version__
from sim.cli.shared import (
    INTERRUPTED,
    AsJson,
    Replications,
    ScenarioName,
    Seed,
    Settings,
    blamed_on,
    load_chosen,
    plain_errors,
    print_json,
    print_table,
    progress_bar,
    writable,
)

if TYPE_CHECKING:
    from sim.scenario import Scenario

__all__ = ["maps"]

maps = typer.Typer(help="Map what the answer depends on: settings, assumptions, worlds.", no_args_is_help=True)

Out = Annotated[Path, typer.Option(help="Folder for results; finished runs are kept there.")]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="Dotted key of an assumption to vary; all when not set.", metavar="KEY"),
]
TWINS = 60
#: Rows of a table that a screen holds.
SHOWN = 20
ADVANTAGE = "USD bn, present value of being first rather than last"


@maps.command("phase")
def phase(  # noqa: PLR0913  (one parameter per option)
    scenario: ScenarioName,
    x: Annotated[str, typer.Option(help="Dotted key of a number, e.g. mechanisms.attention.capacity.")],
    y: Annotated[str, typer.Option(help="Dotted key of another.")],
    x_values: Annotated[str, typer.Option(help="Its values, with commas; through its range when not set.")] = "",
    y_values: Annotated[str, typer.Option(help="The same of the other.")] = "",
    steps: Annotated[int, typer.Option(min=2, max=101, help="Steps through a range.")] = 7,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Out = Path("results"),
    as_json: AsJson = False,
) -> None:
    """Map where in the plane of two numbers it pays to be first."""
    with plain_errors():
        from sim.scenario import ScenarioError

        chosen = _chosen(scenario, settings, replications, seed, out)
        from sim.plots import phase_map as draw
        from sim.study import axis_of, phase_map
        from sim.study.assumptions import label_of

        if x == y:
            raise ScenarioError("two numbers make a plane; name another than that of --x", file="--y", key=y)
        with blamed_on({x: "--x"}):
            across = axis_of(x, _numbers("--x-values", x_values), steps)
        with blamed_on({y: "--y"}):
            axes = across, axis_of(y, _numbers("--y-values", y_values), steps)
        with blamed_on({x: "--x-values", y: "--y-values"}), _stoppable(chosen, as_json) as progress:
            table = phase_map(chosen, *axes, progress, root=out)
        at, (name, origin) = (_value_at(chosen, x), _value_at(chosen, y)), _origin(chosen)
        figure = draw(table, origin, x=label_of(x), y=label_of(y), name=name, at=None if any(map(isnan, at)) else at)
        where = _folder(out, chosen, f"phase-{x}-{y}"), "phase_map"
        _present(table, figure, where, as_json, names={"x": x, "y": y})


@maps.command("screen")
def screen(  # noqa: PLR0913
    scenario: ScenarioName,
    only: Only = None,
    trajectories: Annotated[int, typer.Option(min=2, max=10_000, help="Trajectories through all assumptions.")] = 10,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Out = Path("results"),
    as_json: AsJson = False,
) -> None:
    """Screen the assumptions (Morris): which matter at all."""
    with plain_errors():
        chosen = _chosen(scenario, settings, replications, seed, out)
        from sim.plots import morris_plane
        from sim.study import assumptions, morris

        varied = assumptions(only or ())
        with _stoppable(chosen, as_json) as progress:
            table = morris(chosen, varied, progress, trajectories=trajectories, root=out)
        figure = morris_plane(table, _origin(chosen)[1])
        _present(table, figure, (_folder(out, chosen, "screen"), "morris_plane"), as_json)


@maps.command("shares")
def shares(  # noqa: PLR0913
    scenario: ScenarioName,
    only: Annotated[
        list[str], typer.Option("--only", help="Dotted key of an assumption to vary, at least two.", metavar="KEY")
    ],
    base: Annotated[int, typer.Option(min=2, max=65_536, help="Length of the sequence, a power of 2.")] = 128,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Out = Path("results"),
    as_json: AsJson = False,
) -> None:
    """Share out the variance among some assumptions (Sobol indices)."""
    with plain_errors():
        if base & (base - 1):
            raise typer.BadParameter(f"{base} is no power of 2, e.g. 64, 128, 256", param_hint="--base")
        chosen = _chosen(scenario, settings, replications, seed, out)
        from sim.plots import sensitivity_bars
        from sim.study import assumptions, sobol

        varied = assumptions(only)
        with _stoppable(chosen, as_json) as progress:
            table = sobol(chosen, varied, progress, base=base, root=out)
        figure = sensitivity_bars(table, _origin(chosen)[1])
        where = _folder(out, chosen, "shares"), "sensitivity_bars"
        _present(table, figure, where, as_json, "shares of the variance")


@maps.command("swings")
def swing(  # noqa: PLR0913
    scenario: ScenarioName,
    only: Only = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Out = Path("results"),
    as_json: AsJson = False,
) -> None:
    """Move one assumption at a time to either end of its range (a tornado)."""
    with plain_errors():
        chosen = _chosen(scenario, settings, replications, seed, out)
        from sim.plots import tornado
        from sim.study import assumptions, swings

        varied = assumptions(only or ())
        with _stoppable(chosen, as_json) as progress:
            table = swings(chosen, varied, progress, root=out)
        name, origin = _origin(chosen)
        figure = tornado(_largest(table), origin, name=name)
        _present(table, figure, (_folder(out, chosen, "swings"), "tornado"), as_json)


@maps.command("discover")
def discover(  # noqa: PLR0913
    scenario: ScenarioName,
    only: Only = None,
    worlds: Annotated[int, typer.Option(min=20, max=100_000, help="Worlds to play.")] = 400,
    above: Annotated[float | None, typer.Option(help="Look for advantages above this, USD bn; not below 0.")] = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Out = Path("results"),
    as_json: AsJson = False,
) -> None:
    """Find the combinations of assumptions that make it a disadvantage (scenario discovery, PRIM)."""
    with plain_errors():
        chosen = _chosen(scenario, settings, replications, seed, out)
        from sim.study import assumptions, cases, find_box
        from sim.study.discovery import prim_package

        prim_package()  # before the work rather than after it
        varied = assumptions(only or ())
        with _stoppable(chosen, as_json) as progress:
            table = cases(chosen, varied, progress, number=worlds, root=out)
        folder = _folder(out, chosen, "discover")
        folder.mkdir(parents=True, exist_ok=True)
        table.to_csv(folder / "cases.csv", index=False, lineterminator="\n")
        wanted = (table["mean"] < 0.0 if above is None else table["mean"] > above).to_numpy()
        box = find_box(table.drop(columns=["mean", "low", "high"]), wanted)
        found = {"coverage": box.coverage, "density": box.density, "mass": box.mass}
        if as_json:
            from sim.study.kept import plain

            told = {**found, "interesting": float(wanted.mean()), "limits": plain(box.limits)}
            print_json({**told, "cases": str(folder / "cases.csv"), "version": __version__})
            return
        interest = f"{100 * wanted.mean():.0f} % of {len(table)} worlds are of interest"
        if len(box.limits):
            share = f"{100 * box.density:.0f} %, and holds {100 * box.coverage:.0f} % of them"
            typer.echo(f"{interest}; the box has them at a density of {share}. Its limits:")
            _print_table(box.limits)
        else:
            typer.echo(f"{interest}; no box of assumptions has them more densely than chance would.")
        typer.echo(f"Cases: {folder / 'cases.csv'}")


@maps.command("regret")
def regret(  # noqa: PLR0913
    scenario: ScenarioName,
    only: Only = None,
    worlds: Annotated[int, typer.Option(min=2, max=100_000, help="Worlds to play.")] = 200,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Out = Path("results"),
    as_json: AsJson = False,
) -> None:
    """Say what the partner may come to regret: open early or late, in a rush or not, in a world it does not know."""
    with plain_errors():
        chosen = _chosen(scenario, settings, replications, seed, out)
        from sim.plots import regret_bars
        from sim.study import assumptions, option_values, regrets

        varied = assumptions(only or ())
        with _stoppable(chosen, as_json) as progress:
            table = regrets(option_values(chosen, varied, progress, worlds=worlds, root=out), chosen.seed)
        name, origin = _origin(chosen)
        figure = regret_bars(table, origin, name=name)
        where = _folder(out, chosen, "regret"), "regret_bars"
        _present(table, figure, where, as_json, "USD bn, present value short of the best choice")


def _chosen(scenario: str, settings: list[str] | None, twins: int | None, seed: int | None, out: Path) -> Scenario:
    """Load the scenario; so many settings are played that fewer twins do unless more are asked for."""
    writable(out)
    return load_chosen(scenario, settings, replications=twins or TWINS, seed=seed)


def _numbers(option: str, text: str) -> list[float]:
    from sim.scenario import ScenarioError

    try:
        numbers = [float(part) for part in text.split(",") if part.strip()]
    except ValueError:
        raise ScenarioError(f"{text!r} are not numbers with commas between them, as in 2,4,8", file=option) from None
    if len(set(numbers)) < len(numbers):
        raise ScenarioError(f"{text!r} has a number twice", file=option)
    return numbers


def _value_at(scenario: Scenario, key: str) -> float:
    """The scenario's own value of a number; not a number where it says nothing of it."""
    from sim.scenario import value_at

    found = value_at(scenario, key)
    return float(found) if isinstance(found, int | float) else float("nan")


def _origin(scenario: Scenario) -> tuple[str, Any]:
    from sim.plots import Provenance
    from sim.world import load_world

    return load_world().partner(scenario.queue.focal).name, Provenance.of(scenario)


def _folder(out: Path, scenario: Scenario, name: str) -> Path:
    from sim.scenario import scenario_hash

    return out / scenario.name / f"maps-{scenario_hash(scenario)}-seed{scenario.seed}" / name


def _largest(table: Any, most: int = 20) -> Any:
    """Rows that swing most, as many as a page holds."""
    swing = (table["at_high"] - table["at_low"]).abs()
    return table.loc[swing.sort_values(ascending=False).index[:most]]


@contextmanager
def _stoppable(scenario: Scenario, quiet: bool) -> Iterator[Any]:
    """Show progress, and say what an interrupt costs."""
    try:
        with progress_bar(scenario, quiet=quiet) as advance:
            yield lambda done, total: advance(done, total, "twins over all settings")
    except KeyboardInterrupt:
        typer.echo("firstmover: stopped; finished settings are kept: the same command goes on from there", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _present(
    table: Any,
    figure: Any,
    where: tuple[Path, str],
    as_json: bool,
    unit: str = ADVANTAGE,
    names: dict[str, str] | None = None,
) -> None:
    """Write the table and the figure, and print what was found; `where` is folder and name, `names` are of columns."""
    from sim.plots import save
    from sim.study.kept import plain

    drawn = save(figure, *where, table)
    if as_json:
        print_json({"rows": plain(table), "figures": [str(path) for path in drawn], "version": __version__})
        return
    _print_table(table.rename(columns=names or {}))
    typer.echo(f"Unit: {unit}.")
    typer.echo(f"Table: {next(path for path in drawn if path.suffix == '.csv')}")
    typer.echo(f"Figure: {drawn[0]}")


def _print_table(frame: Any) -> None:
    from rich.table import Table

    cut = f"the first {SHOWN} of {len(frame)} rows" if len(frame) > SHOWN else None
    shown = Table(header_style="bold", caption=cut)
    for column in frame.columns:
        shown.add_column(str(column))
    for row in frame.head(SHOWN).itertuples(index=False):
        shown.add_row(*(f"{value:.3g}" if isinstance(value, float) else str(value) for value in row))
    print_table(shown)
