"""Figures beyond the first five of a run: its whole world, the deals of 2025, and one run from inside."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from sim.plots.backtest import backtest
from sim.plots.concessions import concession_curves
from sim.plots.marked_dates import deadlines
from sim.plots.paired import paired_differences
from sim.plots.parity import parity_cascade
from sim.plots.ridges import value_by_signing_week
from sim.plots.style import Provenance
from sim.plots.survival import survival_curves, talks_survival
from sim.plots.widths import interval_width
from sim.plots.win_sets import win_sets
from sim.plots.world_tiles import world_tiles
from sim.scenario import Scenario
from sim.study import Results, interval_widths, places
from sim.study.backtest import backtest_table
from sim.talks import Hand, Luck, TariffTalks, prepare
from sim.talks.traces import concessions_of, levellings_of, passes_of
from sim.world import load_world

__all__ = ["more_figures", "pairs_of", "size_groups", "terms_of"]

Drawn = tuple[str, Figure, pd.DataFrame]


def more_figures(results: Results) -> Iterator[Drawn]:
    """Draw the figures: stem, figure, and the data in it."""
    scenario = results.scenario
    origin = Provenance.of(scenario, results.replications)
    name, dated = load_world().partner(scenario.queue.focal).name, deadlines(scenario)
    yield from _of_twins(results, origin, name)
    outcomes = results.outcomes
    yield "value_by_signing_week", value_by_signing_week(outcomes, origin, name=name, deadlines=dated), outcomes
    last = int(results.weekly["round"].max())
    survival = survival_curves(results.partners, size_groups(scenario), last)
    yield "talks_survival", talks_survival(survival, origin, name="Partners by trade", deadlines=dated), survival
    terms = terms_of(results.partners)
    yield "world_tiles", world_tiles(terms, origin), terms
    table = backtest_table(results.partners)
    yield "backtest", backtest(table, origin), table
    yield from _of_one_run(results, name)


def pairs_of(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Twin differences over the last place: `position`, `versus`, `replication`, `difference` (USD bn)."""
    values = outcomes.pivot_table(index="replication", columns="position", values="value")
    versus = values.columns.max()
    gaps: pd.DataFrame = values.drop(columns=versus).sub(values[versus], axis=0)
    long: pd.DataFrame = gaps.melt(ignore_index=False, value_name="difference").reset_index()
    return pd.DataFrame(long.assign(versus=versus))


def size_groups(scenario: Scenario) -> dict[str, list[str]]:
    """Partners at the table by size, as the scenario draws the line for how long a text takes."""
    groups: dict[str, list[str]] = {"large": [], "middle": [], "small": []}
    for terms in prepare(scenario).terms:
        groups[terms.size].append(terms.iso)
    return {f"{kind} ({len(isos)})": isos for kind, isos in groups.items() if isos}


def terms_of(partners: pd.DataFrame) -> pd.DataFrame:
    """Terms that partners end with at the first place compared: `iso`, `rate` (general rate), `deal_share`."""
    first = partners[partners["position"] == partners["position"].min()]
    means = first.groupby("iso", sort=False)[["tariff", "deal"]].mean()
    return pd.DataFrame(
        {"iso": means.index, "rate": means["tariff"].to_numpy(), "deal_share": means["deal"].to_numpy()}
    )


def _of_twins(results: Results, origin: Provenance, name: str) -> Iterator[Drawn]:
    """Figures of differences; none where one place alone was played."""
    if results.outcomes["position"].nunique() < 2:
        return
    pairs = pairs_of(results.outcomes)
    yield "paired_differences", paired_differences(pairs, origin, name=name), pairs
    first = pairs.loc[pairs["position"] == pairs["position"].min(), "difference"]
    widths = interval_widths(first.to_numpy(dtype=float))
    yield "interval_width", interval_width(widths, origin), widths


def _of_one_run(results: Results, name: str) -> Iterator[Drawn]:
    """The first replication at the first place, from inside."""
    scenario, focal = results.scenario, results.scenario.queue.focal
    origin = Provenance.of(scenario, 1)
    setup = prepare(scenario)
    hand = Hand(setup, Luck(scenario.seed, 0))
    model = TariffTalks(hand, places(setup)[0], collect=False, narrate=True).run()
    offers = concessions_of(model, focal)
    title = f"How {name} and the United States moved"
    yield "concession_curves", concession_curves(offers, origin, title=title), offers
    passes = passes_of(model, focal)
    yield "win_sets", win_sets(passes, origin, title=f"What would pass at home in {name}?"), passes
    steps = levellings_of(model)
    yield "parity_cascade", parity_cascade(steps, origin), steps
