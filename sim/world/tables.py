"""Tables of trade and output as files: reading them, whatever headings and labels they come with."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.world.errors import WorldDataError

__all__ = ["read_labels", "read_numbers", "read_square"]

Array = npt.NDArray[np.float64]

BLANK = {"", "NA", "NaN", "nan", "."}
"""What stands for no flow."""


def read_numbers(path: str | Path, rows: int, columns: int) -> Array:
    """Read a table of numbers in a fixed order, with or without a heading line and a column of labels.

    Parameters
    ----------
    path : path
        CSV file; blanks count as zero.
    rows, columns : int
        What the table must hold; a heading or a column of labels is recognised by text or by being one too many.

    Returns
    -------
    ndarray of shape (rows, columns)

    Raises
    ------
    WorldDataError
        If the table has another shape, or a cell is neither a number nor blank.
    """
    cells = _read(path)
    if cells and (len(cells) == rows + 1 or any(_is_text(cell) for cell in cells[0][-columns:])):
        cells = cells[1:]
    widths = {len(row) for row in cells}
    if len(cells) != rows or not widths <= {columns, columns + 1} or len(widths) != 1:
        found = f"{len(cells)} rows of {', '.join(map(str, sorted(widths)))} cells"
        raise WorldDataError(Path(path).name, found, allowed=f"{rows} rows of {columns}")
    return np.array([[_number(cell, path) for cell in row[-columns:]] for row in cells])


def read_labels(path: str | Path) -> tuple[str, ...]:
    """Read ISO codes: the column `iso3` if there is a heading, else the first that holds three capital letters.

    Raises
    ------
    WorldDataError
        If there is no such column, or a code comes twice.
    """
    cells = _read(path)
    heading = [cell.lower() for cell in cells[0]] if cells else []
    if "iso3" in heading:
        column, cells = heading.index("iso3"), cells[1:]
    else:
        cells = cells if any(re.fullmatch("[A-Z]{3}", cell) for cell in cells[0]) else cells[1:]
        codes = [k for k in range(len(heading)) if all(re.fullmatch("[A-Z]{3}", row[k]) for row in cells)]
        if not codes:
            raise WorldDataError(Path(path).name, "no column of codes", column="iso3")
        column = codes[0]
    iso = tuple(row[column] for row in cells)
    twice = sorted({code for code in iso if iso.count(code) > 1})
    if twice:
        raise WorldDataError(Path(path).name, f"in the table twice: {', '.join(twice)}", column="iso3")
    return iso


def read_square(path: str | Path) -> tuple[tuple[str, ...], Array]:
    """Read a table whose heading and first column name the same economies.

    Raises
    ------
    WorldDataError
        If they do not, or a cell is not a number.
    """
    cells = _read(path)
    iso = tuple(cells[0][1:])
    if tuple(row[0] for row in cells[1:]) != iso:
        raise WorldDataError(Path(path).name, "rows and columns name different economies, or in another order")
    return iso, np.array([[_number(cell, path) for cell in row[1:]] for row in cells[1:]])


def _read(path: str | Path) -> list[list[str]]:
    """Read cells without surrounding blanks, leaving out empty lines and those that begin with #."""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    return [row for row in rows if any(row) and not row[0].startswith("#")]


def _is_text(cell: str) -> bool:
    try:
        float(cell or 0.0)
    except ValueError:
        return cell not in BLANK
    return False


def _number(cell: str, path: str | Path) -> float:
    if cell in BLANK:
        return 0.0
    try:
        return float(cell)
    except ValueError:
        raise WorldDataError(Path(path).name, f"{cell!r} is not a number") from None
