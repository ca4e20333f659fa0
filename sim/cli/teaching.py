"""``firstmover lab``: the web app for exploring and for teaching."""

from __future__ import annotations

import socket
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.shared import BAD_INPUT, plain_errors, writable

__all__ = ["lab"]


def lab(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8421,
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets a class in.")] = "127.0.0.1",
    folder: Annotated[Path, typer.Option(help="Folder where classes are kept.")] = Path("results/lab"),
    scenario: Annotated[
        str, typer.Option(help="Path of a scenario file, or a name of the catalogue: what Explore opens with.")
    ] = "classroom",
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser too.")] = False,
) -> None:
    """Serve the lab in a browser: explore scenarios, play a seat at the table, teach a class (extra `lab`)."""
    if find_spec("nicegui") is None:
        _refuse("the lab needs the extra `lab`: pip install 'first-mover[lab]', or make lab")
    with plain_errors():
        from sim.lab.lab import Lab
        from sim.scenario import load_scenario
        from sim.scenario.origin import OUTSIDE

        load_scenario(scenario, origin=OUTSIDE)  # what Explore opens with becomes a link, and is read as one
        writable(folder)
        server = Lab(folder=folder.resolve(), scenario=scenario, host=host, port=port)
        _claim(server.host, server.port)
        typer.echo(f"First Mover lab: {server.address} (Ctrl-C ends it)")
        if server.is_open:
            typer.echo("firstmover: everybody on the network of this machine can open the lab", err=True)
        with suppress(KeyboardInterrupt):
            _serve(server, show)
        typer.echo("The lab is closed; classes are kept.", err=True)


def _serve(server: object, show: bool) -> None:
    from sim.lab.pages.serving import serve

    serve(server, show=show)  # type: ignore[arg-type]


def _claim(host: str, port: int) -> None:
    """Fail in one line when the port cannot be had, rather than in a log."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            _refuse(f"port {port} of {host} cannot be had ({error.strerror}); name another with --port")


def _refuse(words: str) -> None:
    typer.echo(f"firstmover: {words}", err=True)
    raise typer.Exit(BAD_INPUT)
