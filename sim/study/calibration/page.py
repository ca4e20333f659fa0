"""The results of a calibration as text: the same for the terminal and for the documentation."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.scenario.errors import ScenarioError
from sim.study.calibration.coverage import CASES
from sim.study.calibration.naive import benchmarks
from sim.study.calibration.posterior import POSTERIOR, read_table
from sim.study.calibration.priors import load_priors, markdown
from sim.study.calibration.result import LEANING, PARAMETERS, QUALITY, RECOVERY
from sim.study.calibration.targets import BLOCKS, targets

__all__ = ["NOTHING", "priors_page", "results_page", "targets_page"]

NOTHING = "Nothing has been calibrated yet: `make calibrate` does it, and `make pages` writes what it found here."
#: A parameter whose truth and estimate agree less than this in pretended talks is not told by the data.
NOT_TOLD = 0.3
#: Above this groups of walkers have not found the same; renewed less often than this, walkers have hardly moved.
APART, RENEWED = 1.1, 2.0


def results_page(folder: Path = POSTERIOR.parent) -> str:
    """Write what a calibration found, in Markdown.

    Parameters
    ----------
    folder : Path
        Where it was written; that of the package by default.
    """
    try:
        (about, quality), (_, parameters), (_, recovery) = (
            read_table(folder / name) for name in (QUALITY, PARAMETERS, RECOVERY)
        )
    except ScenarioError:
        return NOTHING
    head = "\n".join(f"- {key}: {value}" for key, value in about.items())
    return "\n\n".join([head, _distances(quality), _beside(quality), _parameters(parameters), _recovery(recovery)])


def priors_page() -> str:
    """Write what is moved, and how far, in Markdown."""
    return markdown(load_priors())


def targets_page() -> str:
    """Write what is looked at, in Markdown."""
    rows = []
    for block, (weight, meaning) in BLOCKS.items():
        here = [target for target in targets() if target.block == block]
        errors = sorted({target.error for target in here})
        rows.append([block, meaning, str(len(here)), ", ".join(f"{error:g}" for error in errors), f"{weight:g}"])
    return _table(["block", "what it is", "numbers", "error", "weight of each"], rows, words=2)


def _distances(quality: pd.DataFrame) -> str:
    cases = [name for name in quality.columns if name != "measure"]
    rows = [[row["measure"], *(f"{row[case]:.2f}" for case in cases)] for row in quality.to_dict("records")]
    return "How far fresh ensembles are from 2025, in errors:\n\n" + _table(["", *cases], rows)


def _beside(quality: pd.DataFrame) -> str:
    """Mean absolute errors of the rates, beside what needs no model."""
    row = quality.set_index("measure").loc["rates off, points"]
    rows = [[f"the model, {case}", f"{row[case]:.2f}", ""] for case in ("defaults", "posterior", "best")]
    rows += [[name, f"{inside:.2f}", f"{left:.2f}"] for name, (inside, left) in benchmarks().items()]
    head = "Mean absolute error of the twelve general rates above 10 per cent, in points:\n\n"
    return head + _table(["", "in sample", "left out"], rows)


def _parameters(parameters: pd.DataFrame) -> str:
    rows = [
        [
            f"`{row['key']}`",
            *(f"{row[name]:.3g}" for name in ("default", "best", "median", "low", "high")),
            f"{row['narrower']:.0%}",
            f"{row['r_hat']:.2f}",
            f"{row['effective']:.0f}",
            f"{row['at_ends']:.0%}",
            f"{row['tells']:.2f}",
        ]
        for row in parameters.to_dict("records")
    ]
    heads = ["parameter", "default", "best", "median", "5 %", "95 %"]
    heads += ["narrower", "R-hat", "effective", "at an end", "told"]
    said = [_table(heads, rows)]
    for words, chosen in (
        ("The data do not tell", parameters["tells"] < NOT_TOLD),
        ("The range is too narrow of", parameters["at_ends"] > LEANING),
        ("Groups of walkers have not found the same for", parameters["r_hat"] > APART),
        ("Walkers are still near where they began for", parameters["renewed"] < RENEWED),
    ):
        keys = parameters.loc[chosen, "key"]
        if len(keys):
            said.append(f"{words} {', '.join(f'`{key}`' for key in keys)}.")
    return "\n\n".join(said)


def _recovery(recovery: pd.DataFrame) -> str:
    covers = [name for name in recovery.columns if name.startswith("cover_")]
    ranks = [name for name in recovery.columns if name.startswith("rank_")]
    rows = []
    for case in CASES:
        here = recovery[recovery["case"] == case]
        cells = [f"{here[name].mean():.0%} ({here[name].min():.0%} to {here[name].max():.0%})" for name in covers]
        uneven = (here[ranks] - 1.0 / len(ranks)).abs().to_numpy().mean()
        rows.append([case, *cells, f"{here['correlation'].mean():.2f}", f"{uneven:.3f}"])
    heads = ["pretended talks", *(f"{name[6:]} % interval" for name in covers), "correlation", "ranks uneven by"]
    return "How often intervals hold the truth, mean over the parameters and range:\n\n" + _table(heads, rows)


def _table(heads: list[str], rows: list[list[str]], words: int = 1) -> str:
    """Lay out a table whose first columns are words, the others numbers."""
    rule = ["---"] * words + ["--:"] * (len(heads) - words)
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rule, *rows))
