"""Tables of trade and output as files: read by the labels that stand in them, never by their place alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.world.errors import WorldDataError

__all__ = ["Labels", "read_column", "read_flows", "read_labels"]

Array = npt.NDArray[np.float64]
Row = tuple[int, list[str]]
"""Number of the line, and its cells."""

BLANK = {"", "NA", "NaN", "nan", "."}
"""What stands for no flow."""
CODE = "iso3"


@dataclass(frozen=True)
class Labels:
    """The economies of a world, in order.

    Attributes
    ----------
    iso : tuple of str
        ISO codes.
    place : mapping of str to int
        Place by every word that names one economy: its code, and what else stands in its line of the file of labels.
    """

    iso: tuple[str, ...]
    place: Mapping[str, int]


def read_labels(path: str | Path) -> Labels:
    """Read ISO codes: the column `iso3` if there is a heading, else the first that holds three capital letters.

    Raises
    ------
    WorldDataError
        If there is no such column, a line is too short, or a code is blank or comes twice.
    """
    file, rows = Path(path).name, _read(path)
    heading = [cell.lower() for cell in rows[0][1]] if rows else []
    if CODE in heading:
        column, rows = heading.index(CODE), rows[1:]
    else:
        rows = rows if rows and any(_is_code(cell) for cell in rows[0][1]) else rows[1:]
        codes = [k for k in range(len(heading)) if rows and all(_is_code(_cell(row, k)) for row in rows)]
        if not codes:
            raise WorldDataError(file, "no column of codes", column=CODE, allowed="three capital letters a line")
        column = codes[0]
    iso: list[str] = []
    for line, cells in rows:
        code = _cell((line, cells), column)
        if not code:
            raise WorldDataError(file, "no code", line, CODE, "three capital letters")
        if code in iso:
            raise WorldDataError(file, f"{code} is in the table twice", line, CODE)
        iso.append(code)
    if not iso:
        raise WorldDataError(file, "no economy", column=CODE)
    words = [{cell for cell in cells if cell} for _, cells in rows]
    known = [word for named in words for word in named]
    return Labels(tuple(iso), {word: k for k, named in enumerate(words) for word in named if known.count(word) == 1})


def read_flows(path: str | Path, labels: Labels) -> Array:
    """Read a square table: origins in lines, destinations in columns; blanks count as zero.

    Parameters
    ----------
    path : path
        CSV file. Economies are named in a first column, in a heading, in both or in neither; where they are named
        they may stand in any order, where they are not they stand in that of the labels.
    labels : Labels
        N economies.

    Returns
    -------
    ndarray of shape (N, N)

    Raises
    ------
    WorldDataError
        If a label names no economy of the world, an economy is missing or comes twice, the table has another shape, or
        a cell is neither a number nor blank.
    """
    file, rows, n = Path(path).name, _read(path), len(labels.iso)
    heading = rows.pop(0) if rows and _is_heading(rows[0][1]) else None
    widths = sorted({len(cells) for _, cells in rows})
    if widths not in ([n], [n + 1]):
        found = f"{len(rows)} rows of {' or '.join(map(str, widths)) or 'no'} cells"
        raise WorldDataError(file, found, allowed=f"{n} rows of {n}, or of {n + 1} with labels")
    named = widths == [n + 1]
    before = [(line, cells[0]) for line, cells in rows]
    order = _matched(file, before, labels) if named else _in_order(file, rows, labels)
    table = np.zeros((n, n))
    for place, (line, cells) in zip(order, rows, strict=True):
        table[place] = [_number(cell, file, line) for cell in cells[named:]]
    above = heading[1][-n:] if heading is not None else []
    if heading is None or not any(word in labels.place for word in above):
        return table
    columns = _matched(file, [(heading[0], word) for word in above], labels)
    placed = np.zeros_like(table)
    placed[:, columns] = table
    return placed


def read_column(path: str | Path, labels: Labels, name: str) -> Array:
    """Read a number for every economy; blanks count as zero.

    Parameters
    ----------
    path : path
        CSV file of one column in the order of the labels, or with a column that names the economies, in any order.
    labels : Labels
        N economies.
    name : str
        Heading of the column that is meant, where there are several.

    Returns
    -------
    ndarray of shape (N,)

    Raises
    ------
    WorldDataError
        As of `read_flows`, or if it cannot be told which column is meant.
    """
    file, rows = Path(path).name, _read(path)
    heading = [cell.lower() for cell in rows.pop(0)[1]] if rows and _is_heading(rows[0][1]) else []
    width = max((len(cells) for _, cells in rows), default=0)
    text = [k for k in range(width) if any(_cell(row, k) and not _is_number(_cell(row, k)) for row in rows)]
    meant = [heading.index(name)] if name in heading else [k for k in range(width) if k not in text or width == 1]
    if len(meant) != 1:
        raise WorldDataError(file, f"{len(meant)} columns may be meant", column=name, allowed="one, or a heading")
    named = [k for k in text if k != meant[0] and any(_cell(row, k) in labels.place for row in rows)]
    if text and not named:
        raise WorldDataError(file, "no column names the economies", column=CODE, allowed="their codes")
    places = (
        _matched(file, [(row[0], _cell(row, named[0])) for row in rows], labels)
        if named
        else _in_order(file, rows, labels)
    )
    found = np.zeros(len(labels.iso))
    for place, row in zip(places, rows, strict=True):
        found[place] = _number(_cell(row, meant[0]), file, row[0])
    return found


def _matched(file: str, words: Sequence[tuple[int, str]], labels: Labels) -> list[int]:
    """Places of the economies that are named, each once."""
    places: list[int] = []
    for line, word in words:
        if word not in labels.place:
            raise WorldDataError(file, f"{word!r} names no economy of the world", line, allowed="those of the labels")
        if labels.place[word] in places:
            raise WorldDataError(file, f"{word} is in the table twice", line)
        places.append(labels.place[word])
    missing = [code for k, code in enumerate(labels.iso) if k not in places]
    if missing:
        raise WorldDataError(file, f"lacks {', '.join(missing[:10])}{' and others' * (len(missing) > 10)}")
    return places


def _in_order(file: str, rows: Sequence[Row], labels: Labels) -> list[int]:
    """Places of lines that name nobody: as many as there are economies, in their order."""
    if len(rows) != len(labels.iso):
        said = f"{len(rows)} lines without labels for {len(labels.iso)} economies"
        raise WorldDataError(file, said, allowed=f"{len(labels.iso)}")
    return list(range(len(rows)))


def _read(path: str | Path) -> list[Row]:
    """Read cells without surrounding blanks, leaving out empty lines and those that begin with #."""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    return [(line, cells) for line, cells in rows if len(cells) > 1 or any(cells) if not cells[0].startswith("#")]


def _cell(row: Row, column: int) -> str:
    """A cell, blank where a line is too short."""
    return row[1][column] if column < len(row[1]) else ""


def _is_heading(cells: Sequence[str]) -> bool:
    """Whether a line holds words and no number."""
    return any(cell not in BLANK for cell in cells) and not any(_is_number(cell) for cell in cells)


def _is_code(cell: str) -> bool:
    return re.fullmatch("[A-Z]{3}", cell) is not None


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell not in BLANK


def _number(cell: str, file: str, line: int) -> float:
    if cell in BLANK:
        return 0.0
    try:
        return float(cell)
    except ValueError:
        raise WorldDataError(file, f"{cell!r} is not a number", line) from None
