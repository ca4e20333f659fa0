"""``python -m docs.tools [--validate]``: write into the pages what a program fills, and measure what takes minutes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docs.tools.cells import doubtful_cells
from docs.tools.choices import choice_table
from docs.tools.economy import horizon_table
from docs.tools.estimates import estimate_table, exporter_table
from docs.tools.frameworks import count_lines, error_table, framework_table, others_table
from docs.tools.marks import filled
from docs.tools.measured import MEASURED, Asked
from docs.tools.parameters import mechanism_table, parameter_tables
from docs.tools.validation import closed_form_table, headline_table, paper_table, pattern_table, speed_table
from sim.scenario import MECHANISMS
from sim.study.calibration.page import priors_page, results_page, targets_page

__all__ = ["PLACES", "main", "validate", "write", "written"]

DOCS = Path(__file__).parents[1]
#: Page and place, and what writes it.
PLACES: dict[tuple[str, str], Callable[[], str]] = {
    ("ODD.md", "parameters"): parameter_tables,
    ("calibration.md", "calibration-targets"): targets_page,
    ("calibration.md", "calibration-priors"): priors_page,
    ("calibration.md", "calibration-results"): results_page,
    ("data.md", "choices"): choice_table,
    ("data.md", "doubtful-cells"): doubtful_cells,
    ("economy.md", "horizon"): horizon_table,
    ("validation.md", "headline"): headline_table,
    ("validation.md", "paper"): paper_table,
    ("validation.md", "estimates"): estimate_table,
    ("validation.md", "exporters"): exporter_table,
    ("validation.md", "closed-forms"): closed_form_table,
    ("validation.md", "patterns"): pattern_table,
    ("validation.md", "frameworks"): framework_table,
    ("validation.md", "framework-errors"): error_table,
    ("validation.md", "framework-counts"): count_lines,
    ("validation.md", "framework-others"): others_table,
    ("validation.md", "speed"): speed_table,
    **{(f"how-to/mechanisms/{name}.md", "parameters"): partial(mechanism_table, name) for name in MECHANISMS},
}


def written(page: str) -> str:
    """Return a page as it has to be; what takes minutes is left as it stands."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for (where, place), body in PLACES.items():
        if where == page:
            text = filled(text, place, body())
    return text


def write() -> None:
    """Write all pages that are not as they have to be, and say which."""
    for page in sorted({page for page, _ in PLACES}):
        path, text = DOCS / page, written(page)
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"docs/{page} is written")


def validate(asked: Asked) -> None:
    """Measure what takes minutes, a table at a time; each is kept as soon as it is there."""
    for number, ((page, place), measure) in enumerate(MEASURED.items(), 1):
        said = f"{number} of {len(MEASURED)}: {place}"
        if not measure.can(asked):
            print(f"{said} is left as it stands: it needs --{measure.needs}", file=sys.stderr)
            continue
        print(said, file=sys.stderr)
        body, path = measure.signed(asked), DOCS / page
        path.write_text(filled(path.read_text(encoding="utf-8"), place, body), encoding="utf-8")


#: What a folder of an option must have in it.
NEEDED = {"trade": "trade_cepii.csv", "domains": "genius_convention.json"}


def main(arguments: list[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--validate", action="store_true", help="also measure what takes minutes (docs/validation.md)")
    parser.add_argument("--trade", type=Path, help="folder with the tables of the trade model's source")
    parser.add_argument("--domains", type=Path, help="folder with published domains and their figures")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (as many as cores)")
    options = parser.parse_args(arguments)
    for name, needed in NEEDED.items():
        folder = getattr(options, name)
        if folder is not None and not (folder / needed).is_file():
            parser.error(f"--{name}: there is no {needed} in {folder}")
    if options.validate:
        validate(Asked(options.trade, options.domains, options.jobs))
    write()


if __name__ == "__main__":
    main()
