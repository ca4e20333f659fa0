"""``firstmover report``: one page that tells all of a run or a study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.shared import AsJson, plain_errors, print_json

__all__ = ["report"]


def report(
    folder: Annotated[Path, typer.Argument(help="Folder written by `firstmover run` or `firstmover study`.")],
    as_json: AsJson = False,
) -> None:
    """Write FOLDER/report.html: question, answer, figures, tables and assumptions on one page that needs no network."""
    with plain_errors():
        from sim.report import write_report

        written = write_report(folder)
        if as_json:
            print_json({"report": str(written.path), "bytes": written.bytes, "figures": written.figures})
        else:
            typer.echo(str(written.path))
