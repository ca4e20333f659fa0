"""A study's folder: what was asked and answered, its tables, and the command that makes it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim import __version__
from sim.scenario import Scenario, dump, scenario_hash
from sim.study.advantage import interval_widths
from sim.study.holding import opening_and_signing, signing_grid_of
from sim.study.kept import changed, plain
from sim.study.shapley import sets_table
from sim.study.study import QUESTIONS, Study
from sim.study.study_words import LIMITS, answer_in_words, headline_numbers, late_round, sentences
from sim.study.whole import digests, write_folder
from sim.world import load_world

__all__ = ["FILE", "as_data", "study_folder", "study_tables", "told", "write_study"]

FILE = "study.json"
#: Figures and tables of every question, in their order.
FIGURES = {
    "places": (
        "advantage_by_position",
        "split_bars",
        "paired_differences",
        "value_by_signing_week",
        "position_theory",
        "interval_width",
    ),
    "why": ("shapley_waterfall",),
    "partners": ("partner_gains", "explained_by", "others_loss"),
    "orders": ("order_values",),
    "signing": ("signing_grid",),
}
#: Figures that are drawn only where there is a table.
NEEDS = {"split_bars": "split", "paired_differences": "widths", "interval_width": "widths"}
TABLES = {
    "places": ("advantage", "split", "widths"),
    "why": ("shapley", "sets"),
    "partners": ("gains", "explained", "others"),
    "orders": ("orders",),
    "signing": ("signing", "opening_and_signing"),
}


def study_folder(root: Path, scenario: Scenario) -> Path:
    """Return where the study of a scenario goes."""
    one = scenario.model_copy(update={"replications": 1})
    name = f"study-{scenario_hash(one)}-seed{scenario.seed}-n{scenario.replications}"
    return root / scenario.name / name


def write_study(study: Study, folder: Path, command: str, draw: Callable[[Path], Any] | None = None) -> None:
    """Write tables, the scenario, and what is told of them, whole or not at all.

    Parameters
    ----------
    study : Study
        The answers.
    folder : Path
        Where to; what was there goes.
    command : str
        How to make it again.
    draw : callable, optional
        Given the folder of figures, draws them; see `sim.plots`.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """

    def fill(draft: Path) -> None:
        if draw is not None:
            draw(draft / "figures")
        (draft / "tables").mkdir()
        names = ["scenario.yaml"]
        for name, table in study_tables(study).items():
            names.append(f"tables/{name}.csv")
            table.to_csv(draft / names[-1], index=False, lineterminator="\n")
        (draft / "scenario.yaml").write_text(dump(study.scenario), encoding="utf-8")
        said = told(study, command) | {"files": digests(draft, names)}
        (draft / FILE).write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    write_folder(folder, fill)


def study_tables(study: Study) -> dict[str, pd.DataFrame]:
    """All tables of a study, by name; USD bn, present value, with 95 per cent intervals."""
    return dict(_tables(study))


def told(study: Study, command: str) -> dict[str, Any]:
    """What a study says, as plain data."""
    scenario, tables, said = study.scenario, study_tables(study), sentences(study)
    default = Scenario(name=scenario.name, title=scenario.title)
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question or QUESTIONS["places"],
        "focal": scenario.queue.focal,
        "focal_name": load_world().partner(scenario.queue.focal).name,
        "seed": scenario.seed,
        "replications": scenario.replications,
        "version": __version__,
        "command": command,
        "answer": answer_in_words(study),
        "numbers": headline_numbers(study),
        "sections": [_section(key, words, tables) for key, words in said.items()],
        "changed": [{"key": key, "default": one, "value": two} for key, one, two in changed(default, scenario)],
        "limits": list(LIMITS),
    }


def _section(key: str, words: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """One question with its answer, and the number of twins behind it."""
    names = [name for name in TABLES[key] if name in tables]
    twins = [int(tables[name]["twins"].max()) for name in names if "twins" in tables[name]]
    notes = [f"{max(twins)} twins; 95 % intervals of paired differences."] if twins else []
    return {
        "key": key,
        "title": QUESTIONS[key],
        "sentence": words,
        "figures": [name for name in FIGURES[key] if NEEDS.get(name) in (None, *tables)],
        "tables": names,
        "notes": notes,
    }


def _tables(study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    if study.openings is not None:
        yield "advantage", study.openings.advantage
        if len(study.openings.pairs):
            if len(study.openings.split):
                yield "split", study.openings.split
            first = study.openings.pairs["position"].min()
            gaps = study.openings.pairs.loc[study.openings.pairs["position"] == first, "difference"]
            yield "widths", interval_widths(gaps.to_numpy(dtype=float))
    if study.shapley is not None and study.sets is not None:
        yield "shapley", study.shapley
        yield "sets", sets_table(study.sets)
    if study.gains is not None and study.others is not None and study.explained is not None:
        yield "gains", _named(study.gains)
        yield "others", _named(study.others)
        yield "explained", study.explained.effects
    if study.orders is not None:
        yield "orders", study.orders
    if study.holding is not None:
        yield "signing", signing_grid_of(study.holding)
        yield "opening_and_signing", opening_and_signing(study.holding, late_round(study))


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Put names beside codes."""
    known: Sequence[str] = [str(iso) for iso in table["iso"]]
    names = {"USA": "United States", "ALL": "all partners together"}
    return table.assign(name=[names.get(iso) or load_world().partner(iso).name for iso in known])


def as_data(study: Study, command: str) -> dict[str, Any]:
    """All of a study for machines: what it tells, and its tables."""
    return {**told(study, command), "tables": {name: plain(table) for name, table in study_tables(study).items()}}
