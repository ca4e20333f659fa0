"""All figures of a study of order, drawn from its answers into its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from sim.plots.advantage import advantage_by_position
from sim.plots.explained import explained_by
from sim.plots.gains import partner_gains
from sim.plots.marked_dates import deadlines
from sim.plots.orders import order_values
from sim.plots.others import others_loss
from sim.plots.paired import paired_differences
from sim.plots.position_theory import position_theory
from sim.plots.ridges import value_by_signing_week
from sim.plots.saving import save
from sim.plots.signing_grid import signing_grid
from sim.plots.split import split_bars
from sim.plots.style import Provenance
from sim.plots.waterfall import shapley_waterfall
from sim.plots.widths import interval_width
from sim.study.study import Study
from sim.study.study_folder import study_tables
from sim.world import load_world

__all__ = ["draw_study"]

Drawn = tuple[str, Figure, pd.DataFrame]


def draw_study(study: Study, folder: Path) -> list[Path]:
    """Draw the figures of a study.

    Parameters
    ----------
    study : Study
        The answers.
    folder : Path
        Where to write; PNG, SVG and the plotted CSV of each figure.

    Returns
    -------
    list of Path
        The PNG files.
    """
    return [save(figure, folder, stem, data)[0] for stem, figure, data in _figures(study)]


def _figures(study: Study) -> Iterator[Drawn]:
    name, tables = load_world().partner(study.scenario.queue.focal).name, study_tables(study)
    yield from _of_places(study, tables, name)
    if "shapley" in tables:
        yield "shapley_waterfall", shapley_waterfall(tables["shapley"], _origin(study), name=name), tables["shapley"]
    yield from _of_others(study, tables, name)
    if "signing" in tables:
        grid = tables["signing"]
        yield "signing_grid", signing_grid(grid, _origin(study, grid), name=name), grid


def _of_places(study: Study, tables: dict[str, pd.DataFrame], name: str) -> Iterator[Drawn]:
    """Figures of the value by place."""
    if study.openings is None or study.theory is None:
        return
    origin, table, openings = _origin(study), tables["advantage"], study.openings
    yield "advantage_by_position", advantage_by_position(table, origin, name=name), table
    yield "position_theory", position_theory(study.theory, table, origin, name=name), study.theory
    ridges = value_by_signing_week(openings.outcomes, origin, name=name, deadlines=deadlines(study.scenario))
    yield "value_by_signing_week", ridges, openings.outcomes[["position", "replication", "round", "deal", "value"]]
    if "split" in tables:
        yield "split_bars", split_bars(_apart(tables["split"], openings.alike), origin, name=name), tables["split"]
    if "widths" in tables:
        yield "paired_differences", paired_differences(openings.pairs, origin, name=name), openings.pairs
        yield "interval_width", interval_width(tables["widths"], origin), tables["widths"]


def _of_others(study: Study, tables: dict[str, pd.DataFrame], name: str) -> Iterator[Drawn]:
    """Figures about everybody."""
    if study.explained is not None:
        gains, others = tables["gains"], tables["others"]
        origin, found = _origin(study, gains), study.explained
        yield "partner_gains", partner_gains(gains, origin, highlight={study.scenario.queue.focal}), gains
        yield "explained_by", explained_by(found.effects, origin, r2=found.r2, n=found.n), found.effects
        yield "others_loss", others_loss(others, origin, name=name), others
    if "orders" in tables:
        yield "order_values", order_values(tables["orders"], _origin(study, tables["orders"])), tables["orders"]


def _apart(split: pd.DataFrame, alike: dict[int, int]) -> pd.DataFrame:
    """Keep one place of those that are alike."""
    return split[split["position"].isin(set(alike.values()))]


def _origin(study: Study, table: pd.DataFrame | None = None) -> Provenance:
    """Where the numbers come from; a table may have fewer twins than the headline."""
    return Provenance.of(study.scenario, study.twins if table is None else int(table["twins"].max()))
