"""``firstmover results``: the runs of earlier days."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.shared import AsJson, plain_errors, print_json, print_table

__all__ = ["shelf"]

shelf = typer.Typer(help="Look at, compare and tidy the results of earlier runs.", no_args_is_help=True)
Root = Annotated[Path, typer.Option("--out", help="Folder of results.")]


@shelf.command("list")
def list_results(out: Root = Path("results"), as_json: AsJson = False) -> None:
    """List finished runs with their answers, and the runs that are kept to go on from."""
    with plain_errors():
        from sim.ensemble.pruning import kept_runs
        from sim.study import kept
        from sim.study.kept_words import kept_as_data, shelf_tables

        found, runs, damaged = kept.list_results(out), kept_runs(out), kept.damaged_results(out)
        if as_json:
            told = {"results": kept.plain(found), "kept": [kept_as_data(one) for one in runs], "damaged": damaged}
            print_json(told)
            return
        if found.empty and not runs and not damaged:
            typer.echo(f"No results in {out}; `firstmover run japan_first` makes some.")
        elif not found.empty or runs:
            for table in shelf_tables(found, runs):
                print_table(table, ("answer", "folder"))
        for words in damaged:
            typer.echo(f"Not listed: {words}", err=True)


@shelf.command("compare")
def compare_results(
    one: Annotated[Path, typer.Argument(help="Folder written by `firstmover run`.")],
    two: Annotated[Path, typer.Argument(help="Another.")],
    as_json: AsJson = False,
) -> None:
    """Say what the second run gives the focal partner more than the first, twin by twin where they share their luck."""
    with plain_errors():
        from sim.study import kept, read_results
        from sim.study.kept_words import changes_as_text, comparison_table

        runs = read_results(one), read_results(two)
        found, changes = kept.compare(*runs), kept.changed(runs[0].scenario, runs[1].scenario)
        if as_json:
            told = {"unit": "USD bn a year", "one": str(one), "two": str(two), "places": kept.plain(found)}
            print_json({**told, "changed": [{"key": key, "one": a, "two": b} for key, a, b in changes]})
        else:
            print_table(comparison_table(found, *runs))
            typer.echo(changes_as_text(changes))


@shelf.command("prune")
def prune_results(
    out: Root = Path("results"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take away kept runs of rules no longer in use, and what runs that died left behind; results stay."""
    with plain_errors():
        from sim.ensemble.pruning import prune

        gone = prune(out, dry=dry_run)
        if as_json:
            print_json({"dry_run": dry_run, "removed": [{"path": str(p), "bytes": size} for p, size in gone]})
            return
        for path, size in gone:
            typer.echo(f"{'would remove' if dry_run else 'removed'} {path} ({size / 1e6:.1f} MB)")
        typer.echo(f"{sum(size for _, size in gone) / 1e6:.1f} MB in {len(gone)} places")
