"""Negotiators by name: of the library, of NegMAS, or a user's own class by import path."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial, reduce
from inspect import isabstract
from pathlib import Path
from types import ModuleType
from typing import Any

from sim.bargaining.tactics import Tactic
from sim.bargaining.tactics.catalogue import NAMED
from sim.bargaining.tactics.options import OptionError, build, option_names
from sim.interop.negmas import NegmasSeat, import_negmas, is_negotiator

__all__ = ["SEAT_METHODS", "find_kind", "make_negotiator"]

SEAT_METHODS = ("propose", "respond", "restart")
"""What a class of one's own must have to hold a seat in the talks without being a `Tactic`."""


def make_negotiator(name: str, options: Mapping[str, Any], seed: int = 0) -> Any:
    """Make a negotiator.

    Parameters
    ----------
    name : str
        See :func:`find_kind`.
    options : mapping
        Its parameters as plain data.
    seed : int
        Of its draws, when it makes any and the options do not say.

    Returns
    -------
    Tactic, or an object with the methods of a seat in the talks

    Raises
    ------
    OptionError
        When there is no such thing, or an option will not do.
    """
    kind: Callable[..., Any] = find_kind(name)
    if is_negotiator(kind):
        build(kind, options)
        return NegmasSeat(make=partial(kind, **options), seed=seed)
    if "seed" in (option_names(kind) or ()) and "seed" not in options:
        options = {**options, "seed": seed}
    return build(kind, options)


def find_kind(name: str) -> type[Any]:
    """Find the class that a name stands for.

    Parameters
    ----------
    name : str
        A tactic of the library (``hardball``), a negotiator of NegMAS (``negmas:BoulwareTBNegotiator``), or an import
        path (``my_module:Stubborn``); modules in the current folder are found too.

    Raises
    ------
    OptionError
        When it stands for nothing that can negotiate.
    """
    if name in NAMED:
        return NAMED[name]
    module, colon, attribute = name.partition(":")
    if not colon:
        raise OptionError("there is no such tactic", (), [*NAMED, "module:Class"], _nearest(name, [*NAMED]))
    if not all(part.isidentifier() for part in [*module.split("."), *attribute.split(".")]):
        raise OptionError(f"{name!r} is no import path; write package.module:Class")
    found = _of_negmas(attribute) if module == "negmas" else _member(_imported(module), module, attribute)
    if not isinstance(found, type):
        raise OptionError(f"{name} is not a class")
    if not (
        is_negotiator(found) or issubclass(found, Tactic) or all(callable(getattr(found, m, 0)) for m in SEAT_METHODS)
    ):
        raise OptionError(
            f"{name} is neither a Tactic nor a class with the methods {', '.join(SEAT_METHODS)} of a seat"
        )
    if isabstract(found):
        raise OptionError(f"{name} lacks {', '.join(sorted(getattr(found, '__abstractmethods__', ())))}")
    return found


def _imported(module: str) -> ModuleType:
    """Import a module, from the current folder if it is nowhere else."""
    if module.split(".")[0] == "negmas":
        _negmas()
    try:
        return _import(module)
    except ModuleNotFoundError as error:
        raise OptionError(f"there is no module {error.name!r} (looked in {Path.cwd()} too)") from None
    except (Exception, SystemExit) as error:
        raise OptionError(f"importing {module} failed: {type(error).__name__}: {error}") from None


def _import(module: str) -> ModuleType:
    """Import, with the current folder at the end of the search path, where `python -m` would have it too."""
    folder = str(Path.cwd())
    if folder not in sys.path and "" not in sys.path:
        sys.path.append(folder)
    importlib.invalidate_caches()
    return importlib.import_module(module)


def _member(module: ModuleType, name: str, path: str) -> Any:
    """Return what stands at a dotted path in a module."""
    try:
        return reduce(getattr, path.split("."), module)
    except AttributeError:
        classes = [word for word, value in vars(module).items() if isinstance(value, type) and word[0] != "_"]
        raise OptionError(f"module {name!r} has no {path!r}", (), classes, _nearest(path, classes)) from None


def _of_negmas(name: str) -> Any:
    """Return a negotiator of NegMAS by its name."""
    negmas = _negmas()
    for module in (negmas.sao, negmas.gb):
        if is_negotiator(getattr(module, name, None)):
            return getattr(module, name)
    known = [word for word in dir(negmas.sao) if is_negotiator(getattr(negmas.sao, word))]
    raise OptionError(f"NegMAS has no negotiator {name!r} of alternating offers", (), known, _nearest(name, known))


def _negmas() -> ModuleType:
    """Import NegMAS, or say how to get it."""
    try:
        return import_negmas()
    except ImportError as error:
        raise OptionError(str(error)) from None


def _nearest(word: str, choices: list[str]) -> str:
    return next(iter(get_close_matches(word, choices, n=1, cutoff=0.6)), "")
