"""``python -m benchmarks.signs [FOLDER]``: bring the pages of the mechanisms in step with the model.

The table of parameters is written from the schema. FOLDER, if given, holds what ``firstmover mechanisms japan_first``
kept: the paragraph that begins "Alone in" then says what was measured.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.scenario import MECHANISMS, parameters
from sim.study.signs import effects_of

PAGES = Path(__file__).parents[1] / "docs" / "how-to" / "mechanisms"
SENTENCE = re.compile(r"^Alone in `japan_first`.*?\n\n", flags=re.MULTILINE | re.DOTALL)
TOLD = {True: "That is told apart from zero.", False: "That is not told apart from zero."}


def sentence(row: Mapping[Any, Any]) -> str:
    """Say what one mechanism moves, with its interval."""
    worth = f"{row['effect']:+.2f} [{row['effect_low']:+.2f}, {row['effect_high']:+.2f}]"
    apart = row["effect_low"] > 0.0 or row["effect_high"] < 0.0
    return (
        "Alone in `japan_first`, against all seven off, it moves the worth to Japan of opening first rather than\n"
        f"last by {worth} USD bn of present value ({int(row['twins']):,} twins, 95 per cent).\n{TOLD[bool(apart)]}\n\n"
    )


def table(name: str) -> str:
    """Rows of a page's table: the mechanism's own parameters, and the reach of likeness where it counts."""
    also = ("mechanisms.reach",) if name in ("precedent", "parity") else ()
    rows = [row for row in parameters() if row["key"].startswith(f"mechanisms.{name}.") or row["key"] in also]
    rows.sort(key=lambda row: row["key"] in also)
    return "".join(
        f"| `{row['key']}` | {row['meaning']} | {row['unit']} | {row['default']} | "
        f"{row['range'][0]} to {row['range'][1]} | {row['source']} |\n"
        for row in rows
    )


def write_tables() -> None:
    """Put the parameters of every mechanism into its page."""
    for name in MECHANISMS:
        page = PAGES / f"{name}.md"
        text = re.sub(r"(?:^\| `mechanisms\..*\n)+", lambda _, n=name: table(n), page.read_text(), flags=re.MULTILINE)
        page.write_text(text, encoding="utf-8")


def write(effects: pd.DataFrame) -> None:
    """Put the sentence of every mechanism into its page."""
    for row in effects.to_dict("records"):
        if row["setting"] in MECHANISMS:
            page = PAGES / f"{row['setting']}.md"
            text, changed = SENTENCE.subn(sentence(row), page.read_text(encoding="utf-8"))
            if changed != 1:
                raise ValueError(f"{page}: {changed} paragraphs begin with 'Alone in `japan_first`', not one")
            page.write_text(text, encoding="utf-8")


def main() -> None:
    """Read the kept runs and write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="the folder with runs.parquet")
    folder = parser.parse_args().folder
    write_tables()
    if folder is not None:
        write(effects_of(pd.read_parquet(folder / "runs.parquet")))


if __name__ == "__main__":
    main()
