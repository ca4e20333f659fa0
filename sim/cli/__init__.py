"""The command line: thin, so that everything it does can be done from Python too."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim import __version__
from sim.cli.backtesting import backtest
from sim.cli.mapping import maps
from sim.cli.reporting import report
from sim.cli.shared import (
    INTERRUPTED,
    AsJson,
    Driver,
    Replications,
    ScenarioName,
    Seed,
    Settings,
    console,
    in_talks,
    load_chosen,
    partner_in,
    place_of,
    plain_errors,
    print_json,
    print_table,
    progress_bar,
    writable,
)
from sim.cli.shelf import shelf
from sim.cli.studying import study
from sim.cli.teaching import lab

if TYPE_CHECKING:
    from sim.ensemble import Store
    from sim.scenario import Scenario
    from sim.study import Results
    from sim.study.over_settings import OverSettings

__all__ = ["app", "main"]

app = typer.Typer(
    name="firstmover",
    help="Does it pay to be first? The tariff talks of 2025 as an agent-based simulation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(shelf, name="results")
app.add_typer(maps, name="maps")


class Format(StrEnum):
    """Formats of negotiation domains."""

    GENIUS = "genius"
    GENIUSWEB = "geniusweb"


@app.command()
def run(  # noqa: PLR0913  (one parameter per option)
    scenario: ScenarioName,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("results"),
    figures: Annotated[bool, typer.Option(help="Draw the figures too.")] = True,
    until_ci: Annotated[
        float | None,
        typer.Option(help="Add twins until the interval of the answer is this wide, USD bn a year.", metavar="WIDTH"),
    ] = None,
    over: Annotated[
        str,
        typer.Option(
            "--settings",
            help="Give the answer over so many settings of the assumptions that fit 2025 too; best: at the best alone.",
            metavar="N|best",
        ),
    ] = "best",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away what is kept of this scenario and seed; play all.")
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(help="Play on a Dask cluster, e.g. tcp://127.0.0.1:8786 (extra `cluster`).", metavar="ADDRESS"),
    ] = None,
    engine: Annotated[
        Driver,
        typer.Option(help="Who plays: agents (mesa), the same rules compiled, or both, compared to the last bit."),
    ] = Driver.AUTO,
    as_json: AsJson = False,
) -> None:
    """Run a scenario's twins, write tables and figures, and print the answer; what was run before is not run again."""
    with plain_errors():
        if until_ci is not None and not until_ci > 0.0:
            raise typer.BadParameter("the width of an interval is more than 0, e.g. 0.1", param_hint="--until-ci")
        number = _number_of(over)
        chosen = load_chosen(scenario, settings, replications=replications, seed=seed)
        writable(out)
        how = {"cluster": cluster, "engine": engine.value, "notice": lambda words: typer.echo(words, err=True)}
        store = _store(out, chosen, fresh, engine)
        results, stopped = _played(chosen, store, as_json, until_ci, how)
        beside = None if stopped or number is None else _over(chosen, number, out, as_json)
        _present(results, stopped, out, figures, as_json, beside)


def _number_of(words: str) -> int | None:
    """Read how many settings; None for the best alone."""
    from sim.scenario import ScenarioError
    from sim.study.over_settings import MOST

    if words == "best":
        return None
    if not words.isdecimal() or not 2 <= int(words) <= MOST:
        raise ScenarioError(
            f"{words!r} is no number of settings", file="--settings", allowed=[f"2 to {MOST:,}", "best"]
        )
    return int(words)


def _over(scenario: Scenario, number: int, out: Path, quiet: bool) -> OverSettings:
    """Play the answer over many settings; what is finished is kept."""
    from sim.study.over_settings import over_settings

    with progress_bar(scenario, quiet=quiet) as advance:
        return over_settings(scenario, number, lambda done, all_: advance(done, all_, "settings"), root=out)


def _store(out: Path, scenario: Scenario, fresh: bool, engine: Driver) -> Store:
    """Return where twins are kept; those that both drivers have played are kept apart from those of one alone."""
    from sim.ensemble import Store

    store = Store.of(out, scenario, "-both" if engine is Driver.BOTH else "")
    if fresh:
        store.clear()
    return store


def _present(
    results: Results, stopped: bool, out: Path, figures: bool, as_json: bool, beside: OverSettings | None
) -> None:
    """Write, draw and print the answer."""
    from sim.study import run_folder

    folder = results.write(run_folder(out, results.scenario))
    if stopped:
        finished = f"firstmover: stopped with {results.replications} twins finished"
        typer.echo(f"{finished}; they are kept: the same command goes on from there", err=True)
    if figures and not stopped:
        from sim.plots import draw_all
        from sim.study.whole import write_folder

        write_folder(folder / "figures", partial(draw_all, results))
    if as_json:
        over = {} if beside is None else {"settings": beside.summary()}
        print_json({**results.summary(), **over, "folder": str(folder)})
    else:
        _print_answer(results, folder, folder / "figures" if figures and not stopped else None, beside)
    if stopped:
        raise typer.Exit(INTERRUPTED)


def _print_answer(results: Results, folder: Path, figures: Path | None, beside: OverSettings | None) -> None:
    from sim.study.words import answer, positions_table

    page = console()
    print_table(positions_table(results), ("deals", "signed", "value", "advantage [95 %]"))
    page.print(f"\n{answer(results)}\n", highlight=False)
    if beside is not None:
        page.print(f"{beside.sentence()}\n")
    page.print(f"Tables and manifest: {folder}", highlight=False, soft_wrap=True)
    if figures is not None:
        page.print(f"Figures: {figures}", highlight=False, soft_wrap=True)


def _played(
    scenario: Scenario, store: Store, quiet: bool, until_ci: float | None, how: dict[str, Any]
) -> tuple[Results, bool]:
    """Play what is not kept yet; an interrupt leaves what is finished, if anything is."""
    from sim.ensemble import fill
    from sim.study import ResultsError, results_of
    from sim.study.enough import run_until

    try:
        with progress_bar(scenario, quiet=quiet) as advance:
            if until_ci is not None:
                return run_until(scenario, store, until_ci, advance, **how), False
            fill(scenario, store, advance, **how)
    except KeyboardInterrupt:
        try:
            return results_of(scenario, store), True
        except ResultsError:
            raise KeyboardInterrupt from None
    return results_of(scenario, store), False


app.command()(study)
app.command()(report)
app.command()(backtest)
app.command()(lab)


@app.command()
def patterns(
    scenario: ScenarioName = "april_2025",
    replications: Annotated[int, typer.Option(min=1, max=100_000, help="Runs.")] = 200,
    seed: Seed = None,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """Compare an ensemble of runs with what the talks of 2025 had shown by 1 August, hit or miss."""
    with plain_errors():
        chosen = load_chosen(scenario, settings, replications=replications, seed=seed)
        from sim.study.scores import pattern_summary, patterns_table, run_patterns

        with progress_bar(chosen, quiet=as_json) as advance:
            measured = run_patterns(chosen, advance, notice=lambda words: typer.echo(words, err=True))
        if as_json:
            print_json(pattern_summary(chosen, measured))
            return
        print_table(patterns_table(chosen, measured), ("2025", "median", ""))


@app.command()
def trace(  # noqa: PLR0913  (one parameter per option)
    scenario: ScenarioName,
    position: Annotated[
        str | None,
        typer.Option(help="Place of the focal partner, or last; the scenario's first when not set.", metavar="PLACE"),
    ] = None,
    replication: Annotated[int, typer.Option(min=0, max=9_999_999, help="Which luck to draw.")] = 0,
    partner: Annotated[
        str | None, typer.Option(help="ISO code of the partner to follow; the focal one when not set.")
    ] = None,
    seed: Seed = None,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """Tell one run round by round: who met, what was offered, and why a side refused."""
    with plain_errors():
        chosen = load_chosen(scenario, settings, seed=seed)
        from sim.study import places
        from sim.talks import Hand, Luck, TariffTalks, narrate, prepare

        setup = prepare(chosen)
        iso = partner_in(partner or chosen.queue.focal, [terms.iso for terms in setup.terms])
        place = places(setup)[0] if position is None else place_of(position, len(setup.terms))
        hand = Hand(setup, Luck(chosen.seed, replication))
        model = TariffTalks(hand, place, collect=False, narrate=True).run()
        if as_json:
            head = {"scenario": chosen.name, "seed": chosen.seed, "replication": replication, "version": __version__}
            print_json({**head, "position": place, "partner": iso, "events": model.record.log})
            return
        for line in narrate(model, iso):
            typer.echo(line)


@app.command()
def validate(scenario: ScenarioName, settings: Settings = None, as_json: AsJson = False) -> None:
    """Check a scenario file; say what is wrong in one line."""
    with plain_errors():
        chosen = load_chosen(scenario, settings)
        from sim.scenario import scenario_hash

        digest = scenario_hash(chosen)
        if as_json:
            print_json({"scenario": chosen.name, "valid": True, "hash": digest, "version": __version__})
        else:
            typer.echo(f"{scenario}: valid ({chosen.title}; hash {digest})")


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files."""
    from sim.scenario import Scenario

    print_json(Scenario.model_json_schema())


@app.command()
def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios of the catalogue."""
    with plain_errors():
        from sim.scenario import catalogue, load_scenario

        rows = [{"name": name, "title": load_scenario(path).title} for name, path in sorted(catalogue().items())]
        if as_json:
            print_json({"scenarios": rows})
        else:
            for row in rows:
                typer.echo(f"{row['name']:26} {row['title']}")


@app.command()
def partners(as_json: AsJson = False) -> None:
    """List the partners with their facts and what they hold preferences over."""
    with plain_errors():
        from sim.study.partners import partner_rows, partners_table

        if as_json:
            print_json({"partners": partner_rows(), "version": __version__})
            return
        print_table(partners_table())


@app.command()
def export(  # noqa: PLR0913  (one parameter per option)
    scenario: ScenarioName,
    partner: Annotated[str, typer.Option(help="ISO code of the partner whose bilateral is written.")],
    out: Annotated[Path, typer.Option(help="Folder for the three files.")],
    week: Annotated[int, typer.Option(min=1, max=150, help="Week as whose beginning the table is laid.")] = 1,
    form: Annotated[Format, typer.Option("--format", help="Genius (XML) or GeniusWeb (JSON).")] = Format.GENIUS,
    replication: Annotated[int, typer.Option(min=0, max=9_999_999, help="Which luck to draw.")] = 0,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """Write a bilateral of the talks as a negotiation domain with the profiles of both sides."""
    with plain_errors():
        chosen = load_chosen(scenario, settings)
        in_talks(week, chosen.clock.rounds)
        from sim.talks import TariffTalks
        from sim.talks.export import write_bilateral

        model = TariffTalks(chosen, replication=replication, collect=False)
        iso = partner_in(partner, [p.iso for p in model.partners])
        written = write_bilateral(model, iso, week, form.value, out)
        if as_json:
            print_json({"files": [str(path) for path in written], "version": __version__})
        else:
            for path in written:
                typer.echo(str(path))


@app.command()
def plot(
    results: Annotated[Path, typer.Argument(help="Folder written by `firstmover run`.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the figures; the results' own when not set.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Those too that show the world, the deals of 2025, and one run from inside.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Draw the figures of finished results again."""
    with plain_errors():
        from sim.plots import draw_all
        from sim.study import read_results

        drawn = draw_all(read_results(results), out or results / "figures", every=every)
        if as_json:
            print_json({"figures": [str(path) for path in drawn]})
        else:
            for path in drawn:
                typer.echo(str(path))


@app.command()
def mechanisms(
    scenario: ScenarioName = "japan_first",
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    out: Annotated[Path, typer.Option(help="Folder that keeps the runs; what is there is not run again.")] = Path(
        "results"
    ),
    as_json: AsJson = False,
) -> None:
    """Switch each mechanism on alone: what it does to the advantage of being first."""
    with plain_errors():
        from sim.study.sign_words import signs_summary, signs_table
        from sim.study.signs import mechanism_effects, runs_file

        chosen = load_chosen(scenario, settings, replications=replications, seed=seed)
        writable(out)
        with progress_bar(chosen, quiet=as_json) as advance:
            effects = mechanism_effects(chosen, progress=advance, keep=(kept := runs_file(out, chosen)))
        drawn = _draw_signs(effects, chosen, kept.parent)
        if as_json:
            print_json({**signs_summary(effects, chosen), "runs": str(kept), "figures": [str(p) for p in drawn]})
            return
        _print_welfare(signs_table(effects, chosen), [], drawn)
        typer.echo(f"Runs: {kept}")


def _draw_signs(effects: Any, scenario: Scenario, folder: Path) -> list[Path]:
    from sim.plots import Provenance, mechanism_signs, save
    from sim.world import load_world

    origin = Provenance.of(scenario, int(effects["twins"].max()))
    figure = mechanism_signs(effects, origin, name=load_world().partner(scenario.queue.focal).name)
    return save(figure, folder, "mechanism_signs", effects)


@app.command()
def welfare(  # noqa: PLR0913  (one parameter per option)
    tariff: Annotated[
        list[str] | None, typer.Option(help="US duty on an economy, e.g. JPN=0.15.", metavar="CODE=RATE")
    ] = None,
    others: Annotated[
        str, typer.Option(help="US duty on everybody else: april2, baseline or a rate.", metavar="WORD|RATE")
    ] = "april2",
    retaliation: Annotated[
        list[str] | None,
        typer.Option(help="Duties on US goods: all=0.10, CHN=0.30, reciprocal or optimal.", metavar="CODE=RATE|WORD"),
    ] = None,
    revenue: Annotated[str, typer.Option(help="What tariff revenue is for: tax_relief or lump_sum.")] = "tax_relief",
    elasticity: Annotated[
        float, typer.Option(min=0.3, max=12.0, help="How strongly trade answers; 4 in the long run, 0.8 within a year.")
    ] = 4.0,
    transfers: Annotated[
        str, typer.Option(help="What the transfers behind deficits follow: world income or own, as in the talks.")
    ] = "world",
    optimal: Annotated[bool, typer.Option("--optimal", help="Find the best duties too.")] = False,
    rows: Annotated[int, typer.Option(min=0, help="Winners and losers to show; 0 shows everybody.")] = 10,
    members: Annotated[
        bool, typer.Option("--members", help="Show the members of the European Union and the regions of the rest too.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder for the figure.")] = Path("results/welfare"),
    figures: Annotated[bool, typer.Option(help="Draw the figure too.")] = True,
    as_json: AsJson = False,
) -> None:
    """Solve the trade model for some duties: who wins, who loses. Rates are effective rates, autos weighed in."""
    with plain_errors():
        from sim.scenario.duties import read_duties, read_transfers
        from sim.study import welfare as study
        from sim.world import TradeWorld

        world = TradeWorld.default(eps=elasticity, transfers=read_transfers(transfers))
        duties = read_duties(tariff or [], others, retaliation or [], revenue, world.players)
        result = world.solve(duties.tariffs, duties.retaliation, duties.revenue)  # type: ignore[arg-type]
        table = study.welfare_rows(result, duties)
        best = study.best_tariffs(world, duties) if optimal else None
        chosen = study.shown(table, duties.named, rows)
        case = study.describe(duties, world)
        drawn = _draw_welfare(table, case, duties.named, out) if figures else []
        if as_json:
            found = {} if best is None else {"best": best}
            data = study.welfare_summary(result, table, duties, world) | found
            print_json({**data, "figures": [str(path) for path in drawn], "version": __version__})
            return
        laid = study.welfare_table(result, chosen, duties, case, members=members)
        _print_welfare(laid, study.best_in_words(best), drawn)


def _draw_welfare(table: Any, case: str, named: tuple[str, ...], out: Path) -> list[Path]:
    from sim.plots import save, winners_and_losers

    writable(out)
    figure, data = winners_and_losers(table, case, also=named)
    return save(figure, out, "winners_and_losers", data)


def _print_welfare(table: Any, best: list[str], drawn: list[Path]) -> None:
    print_table(table, ("tariff", "welfare", "gain"))
    page = console()
    for line in [*best, *(f"Figure: {path}" for path in drawn if path.suffix == ".png")]:
        page.print(line, soft_wrap=True)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        typer.echo(f"firstmover {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    app()
