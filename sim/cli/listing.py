"""Tables for the width at hand: no number is ever cut; what does not fit beside goes below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Column, Table

__all__ = ["listings"]


def listings(table: Table, console: Console, first: Sequence[str] = ()) -> list[Table]:
    """Split a table into as many as its width takes, each with the first column, which says whose the row is.

    Parameters
    ----------
    table : Table
        Whose cells are words.
    console : Console
        Where it is printed.
    first : sequence of str
        Heads of the columns that matter most; they come first where the table has to be split.

    Returns
    -------
    list of Table
        The table itself where it fits.
    """
    every = list(range(len(table.columns)))
    if _fits(table, console) or len(every) < 3:
        return [table]
    heads = [str(column.header) for column in table.columns]
    rest = sorted(every[1:], key=lambda k: first.index(heads[k]) if heads[k] in first else len(first))
    groups: list[list[int]] = [[0]]
    for k in rest:
        if len(groups[-1]) > 1 and not _fits(_part(table, [*groups[-1], k]), console):
            groups.append([0])
        groups[-1].append(k)
    parts = [_part(table, group) for group in groups]
    parts[0].title, parts[-1].caption = table.title, table.caption
    return parts


def _fits(table: Table, console: Console) -> bool:
    """Whether no cell of a table would be cut or folded."""
    room = console.options.update(max_width=10_000)
    return console.measure(table, options=room).maximum <= console.width


def _part(table: Table, places: Sequence[int]) -> Table:
    """Some columns of a table, without title and caption."""
    part = Table(
        box=table.box,
        header_style=table.header_style,
        pad_edge=table.pad_edge,
        padding=table.padding,
        title_style=table.title_style,
        caption_style=table.caption_style,
    )
    for n, k in enumerate(places):
        part.add_column(table.columns[k].header, **_look(table.columns[k], wraps=n == 0))
    for n, cells in enumerate(zip(*(list(table.columns[k].cells) for k in places), strict=True)):
        part.add_row(*cells, style=table.rows[n].style, end_section=table.rows[n].end_section)
    return part


def _look(column: Column, *, wraps: bool) -> dict[str, Any]:
    """How a column is set; only the first may be folded."""
    return {
        "justify": column.justify,
        "style": column.style,
        "no_wrap": column.no_wrap and not wraps,
        "overflow": "fold" if wraps else column.overflow,
    }
