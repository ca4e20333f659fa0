"""The report of a run: what `firstmover run` has written."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.table import Table

from sim.report.captions import table_title
from sim.report.cells import MINUS, estimate, single
from sim.report.dossier import Dossier, Number, Section, Sheet
from sim.report.parts import changes, other_figures, plates, read_text
from sim.scenario import Scenario, catalogue, load_scenario, scenario_hash
from sim.study import Results, read_results
from sim.study.kept import changed
from sim.study.results import read_manifest
from sim.study.study_words import LIMITS
from sim.study.words import answer, ordinal, positions_table
from sim.world import load_world

__all__ = ["run_dossier"]

COMPARED = "advantage_by_position"
#: Figures that every run draws; the others are drawn on demand.
USUAL = frozenset({COMPARED, "outcomes_by_position", "signing_times", "tariffs_over_time", "utility_space"})
#: Questions of a run, with the figures that answer them.
SECTIONS = {
    "What does each place in the queue give?": (
        *(COMPARED, "outcomes_by_position", "paired_differences", "interval_width"),
    ),
    "When are deals signed, and what is borne until then?": (
        *("signing_times", "talks_survival", "value_by_signing_week", "tariffs_over_time"),
    ),
    "How does it come to a deal?": ("utility_space", "concession_curves", "win_sets", "parity_cascade"),
    "How does the world come out of it?": ("world_tiles", "backtest"),
}
PRESENT = "USD bn, present value"


def run_dossier(folder: Path) -> Dossier:
    """Read the folder of a run.

    Raises
    ------
    ResultsError
        If something but figures is missing, or the manifest cannot be read.
    ScenarioError
        If its scenario cannot be read.
    """
    results = read_results(folder)
    scenario = results.scenario
    default = Scenario(name=scenario.name, title=scenario.title)
    return Dossier(
        title=scenario.title,
        question=scenario.question,
        answer=answer(results),
        numbers=tuple(_numbers(results)),
        sections=tuple(_sections(results, folder)),
        changed=changes(changed(default, scenario)),
        limits=(*_cut_short(results), *LIMITS),
        command=_command(scenario),
        provenance=_provenance(results, folder),
        scenario_text=read_text(folder / "scenario.yaml"),
    )


def _numbers(results: Results) -> Iterator[Number]:
    """The headline, and the outcome at the first of the places compared."""
    gains, first = results.advantage.to_dict("records"), results.positions.to_dict("records")[0]
    if len(gains) > 1:
        gain = gains[0]
        label = f"{ordinal(int(gain['position']))} rather than {ordinal(int(gain['versus']))}"
        yearly = (gain["mean_per_year"], gain["low_per_year"], gain["high_per_year"])
        yield _number(label, yearly, "USD bn a year")
        yield _number("the same, all years together", (gain["mean"], gain["low"], gain["high"]), PRESENT)
    place = ordinal(int(first["position"]))
    yield _number(f"value, opening {place}", (first["value"], first["value_low"], first["value_high"]), PRESENT)
    yield Number(f"runs with a deal, opening {place}", single("deal_rate", first["deal_rate"]), "", "")


def _number(label: str, three: tuple[float, float, float], unit: str) -> Number:
    mean, low, high = three
    interval = "" if math.isnan(low) else f"{estimate(low)} to {estimate(high)}"
    return Number(label, estimate(mean), unit, interval)


def _sections(results: Results, folder: Path) -> Iterator[Section]:
    """The questions of a run, the table of all places with the first of them."""
    needed = USUAL if len(results.advantage) > 1 else USUAL - {COMPARED}
    tables: tuple[Sheet, ...] = (_as_sheet(positions_table(results)),)
    for title, stems in SECTIONS.items():
        found, missing = plates(folder, stems, needed)
        if found or missing or tables:
            yield Section(title, "", found, tables, (), missing)
        tables = ()
    if (more := other_figures(folder, [stem for stems in SECTIONS.values() for stem in stems])) is not None:
        yield more


def _as_sheet(table: Table) -> Sheet:
    """Take over a table of the screen."""
    columns = [[str(cell).replace("-", MINUS) for cell in column.cells] for column in table.columns]
    heads = tuple(str(column.header) for column in table.columns)
    return Sheet(
        table_title("positions"), heads, tuple(zip(*columns, strict=True)), str(table.caption), "positions.csv"
    )


def _command(scenario: Scenario) -> str:
    """Name the scenario as in the catalogue where that is the same experiment, or else the file in the folder."""
    known = catalogue().get(scenario.name)
    options = ["--replications", str(scenario.replications), "--seed", str(scenario.seed)]
    laid_over = [f"replications={scenario.replications}", f"seed={scenario.seed}"]
    if known is not None and scenario_hash(load_scenario(known, laid_over)) == scenario_hash(scenario):
        return shlex.join(["firstmover", "run", scenario.name, *options])
    return "firstmover run scenario.yaml"


def _cut_short(results: Results) -> Iterator[str]:
    done, asked = results.replications, results.scenario.replications
    if done != asked:
        yield f"The run was stopped: {done} of {asked} twins per place are finished."


def _provenance(results: Results, folder: Path) -> tuple[tuple[str, str], ...]:
    """Say what was run, in the version that ran it: rules and defaults may have moved on since."""
    told = read_manifest(folder)
    return (
        ("scenario", f"{results.scenario.name} ({told['hash']})"),
        ("focal partner", load_world().partner(results.scenario.queue.focal).name),
        ("seed", str(results.scenario.seed)),
        ("twins per place", str(results.replications)),
        ("version of First Mover", str(told["version"])),
    )
