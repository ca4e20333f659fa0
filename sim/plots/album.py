"""All figures of a run, drawn from its tables into its folder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from sim.plots.advantage import advantage_by_position
from sim.plots.marked_dates import deadlines
from sim.plots.more_figures import more_figures
from sim.plots.outcomes import outcome_distributions
from sim.plots.saving import save
from sim.plots.signing import signing_curves, signing_times
from sim.plots.style import Provenance
from sim.plots.tariffs import rate_quantiles, tariffs_over_time
from sim.plots.utility_space import BargainingTrace, utility_space
from sim.scenario import Scenario
from sim.study import Results, places
from sim.talks import Hand, Luck, TariffTalks, prepare
from sim.talks.space import frontier, nash_point, offers_made
from sim.world import date_of, load_world

__all__ = ["bargaining_trace", "draw_all", "trace_of"]

Drawn = tuple[str, Figure, pd.DataFrame]


def draw_all(results: Results, folder: Path, *, every: bool = False) -> list[Path]:
    """Draw the figures of a run.

    Parameters
    ----------
    results : Results
        The run.
    folder : Path
        Where to write; PNG, SVG and the plotted CSV of each figure.
    every : bool
        Draw those too that tell one run, the whole world or the deals of 2025.

    Returns
    -------
    list of Path
        The PNG files.
    """
    figures = chain(_figures(results), more_figures(results) if every else ())
    return [save(figure, folder, stem, data)[0] for stem, figure, data in figures]


def _figures(results: Results) -> Iterator[Drawn]:
    scenario = results.scenario
    origin = Provenance.of(scenario, results.replications)
    name, focal = load_world().partner(scenario.queue.focal).name, scenario.queue.focal
    dated = deadlines(scenario)
    table = results.advantage
    if len(table) > 1:
        yield "advantage_by_position", advantage_by_position(table, origin, name=name), table
    outcomes = results.outcomes
    yield "outcomes_by_position", outcome_distributions(outcomes, origin, name=name), outcomes
    times = signing_times(results.partners, dated, origin, focal, name=name)
    last = int(results.weekly["round"].max())
    yield "signing_times", times, signing_curves(results.partners, focal, last)
    yield (
        "tariffs_over_time",
        tariffs_over_time(results.weekly, dated, origin, name=name),
        rate_quantiles(results.weekly),
    )
    trace = trace_of(scenario, focal)
    yield "utility_space", utility_space(trace, origin), trace.offers


def trace_of(scenario: Scenario, iso: str) -> BargainingTrace:
    """Hold one run, the first replication at the first place, and trace a partner's bargaining in it."""
    setup = prepare(scenario)
    hand = Hand(setup, Luck(scenario.seed, 0))
    return bargaining_trace(TariffTalks(hand, places(setup)[0], collect=False, narrate=True).run(), iso)


def bargaining_trace(model: TariffTalks, iso: str) -> BargainingTrace:
    """Trace a partner's bargaining in a narrated run, in the values of its last session."""
    partner, offers, table = model.partner(iso), offers_made(model, iso), model.record.tables.get(iso)
    if table is None:
        empty = pd.DataFrame(columns=["partner_gain", "us_gain"], dtype=float)
        return BargainingTrace(f"{partner.name} was never met", offers, empty)
    front = frontier(table)
    deal = None if partner.deal is None else (partner.deal.gain, partner.deal.us_gain)
    when = "" if partner.deal is None else f", signed in the week of {date_of(partner.deal.round):%-d %B %Y}"
    title = f"{partner.name} and the United States{when}"
    return BargainingTrace(title, offers, front, nash=nash_point(front), deal=deal)
