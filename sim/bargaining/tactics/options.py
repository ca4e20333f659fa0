"""Options of a tactic as plain data: numbers, words, and small mappings for what it knows and when it says yes."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from sim.bargaining.acceptance import AcAspiration, Acceptance, AcConst, AcNext, AcTime, AnyOf
from sim.bargaining.knowledge import Bayesian, Frequency, Knowledge, Partial, Perfect, Prior
from sim.bargaining.tactics.tactic import Tactic

__all__ = ["OptionError", "build", "option_names", "read_acceptance", "read_knowledge"]

KNOWLEDGE: dict[str, Callable[[], Knowledge]] = {
    "frequency": Frequency,
    "bayesian": Bayesian,
    "prior": Prior,
    "perfect": Perfect,
}
KNOWLEDGE_WITH: dict[str, Callable[[float], Knowledge]] = {"partial": lambda skill: Partial(skill=skill)}
ACCEPTANCE: dict[str, Callable[[], Acceptance]] = {
    "ac_next": AcNext,
    "ac_aspiration": AcAspiration,
    "ac_time": AcTime,
    "ac_const": AcConst,
}
ACCEPTANCE_WITH: dict[str, Callable[[float], Acceptance]] = {"ac_next": AcNext, "ac_time": AcTime, "ac_const": AcConst}


class OptionError(ValueError):
    """An option that will not do.

    Parameters
    ----------
    problem : str
        What is wrong.
    path : tuple
        Where among the options.
    allowed : sequence of str
        What may stand there.
    nearest : str
        The allowed word most like the one found.
    """

    def __init__(
        self, problem: str, path: tuple[str | int, ...] = (), allowed: Sequence[str] = (), nearest: str = ""
    ) -> None:
        super().__init__(problem)
        self.problem, self.path, self.allowed, self.nearest = problem, path, tuple(allowed), nearest


def build(kind: Callable[..., Any], options: Mapping[str, Any]) -> Any:
    """Make a tactic, or anything else with named parameters, from plain options.

    Parameters
    ----------
    kind : callable
        The class. A :class:`Tactic` reads ``knowledge`` and ``acceptance`` from words.
    options : mapping
        Parameter by name.

    Raises
    ------
    OptionError
        For a name it does not know or a value it does not take.
    """
    names = option_names(kind)
    for name in options:
        if names is not None and name not in names:
            raise OptionError("unknown option", (name,), names or ("none",), _nearest(name, names))
    values = dict(options)
    if isinstance(kind, type) and issubclass(kind, Tactic):
        values = {name: _read(kind, name, value) for name, value in options.items()}
    try:
        return kind(**values)
    except Exception as error:
        raise _blamed(kind, values, error) from None


def option_names(kind: Callable[..., Any]) -> tuple[str, ...] | None:
    """Return the names of the parameters, None when any name is taken."""
    try:
        parameters = inspect.signature(kind).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return tuple(p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY))


def read_knowledge(given: Any) -> Knowledge:
    """Read what a side knows: ``frequency``, ``bayesian``, ``prior``, ``perfect`` or ``{partial: 0.7}``.

    Raises
    ------
    OptionError
        For anything else.
    """
    made: Knowledge = _one_of(given, KNOWLEDGE, KNOWLEDGE_WITH)
    return made


def read_acceptance(given: Any) -> Acceptance:
    """Read when a side says yes: ``ac_next``, ``{ac_time: 0.95}``, ``{ac_const: 0.8}``; a list accepts when any does.

    Raises
    ------
    OptionError
        For anything else.
    """
    if isinstance(given, (list, tuple)):
        if not given:
            raise OptionError("the list is empty")
        return AnyOf(tuple(_at(n, read_acceptance, part) for n, part in enumerate(given)))
    made: Acceptance = _one_of(given, ACCEPTANCE, ACCEPTANCE_WITH)
    return made


def _one_of(given: Any, plain: Mapping[str, Any], with_number: Mapping[str, Any]) -> Any:
    """Make what a word, or a word with a number, stands for."""
    allowed = [*plain, *(f"{{{word}: number}}" for word in with_number)]
    word, number = next(iter(given.items())) if isinstance(given, Mapping) and len(given) == 1 else (given, None)
    known = plain if number is None else with_number
    if not isinstance(word, str) or word not in known:
        raise OptionError(f"{_shown(word)} is not one of the choices", (), allowed, _nearest(word, [*known]))
    if number is None:
        return plain[word]()
    if not _is_number(number) or not 0.0 <= number <= 1.0:
        raise OptionError(f"{_shown(number)} is not a share", (word,), ["0 to 1"])
    return with_number[word](float(number))


def _read(kind: type[Tactic], name: str, value: Any) -> Any:
    """Read the value of one option."""
    if name == "knowledge":
        return _at(name, read_knowledge, value)
    if name == "acceptance":
        return _at(name, read_acceptance, value)
    default = next((f.default for f in fields(kind) if f.name == name), None) if is_dataclass(kind) else None
    wanted = next((words for type_, words in _WORDS.items() if type(default) is type_), "")
    right = {
        "a number": _is_number(value),
        "a whole number": type(value) is int,
        "true or false": type(value) is bool,
        "text": isinstance(value, str),
    }
    if not right.get(wanted, True):
        raise OptionError(f"expected {wanted}, got {_shown(value)}", (name,))
    return float(value) if wanted == "a number" else value


_WORDS = {float: "a number", int: "a whole number", bool: "true or false", str: "text"}


def _at(key: str | int, read: Callable[[Any], Any], value: Any) -> Any:
    """Read a part, and put its place before the path of what is wrong with it."""
    try:
        return read(value)
    except OptionError as error:
        raise OptionError(error.problem, (key, *error.path), error.allowed, error.nearest) from None


def _blamed(kind: Callable[..., Any], values: Mapping[str, Any], error: Exception) -> OptionError:
    """Say what a class complained of, at the one option that it complains of alone."""
    said = f"{error}" or type(error).__name__
    for name, value in values.items():
        try:
            kind(**{name: value})
        except Exception as alone:
            if str(alone) == str(error):
                return OptionError(said, (name,))
    return OptionError(said)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _nearest(word: Any, choices: Sequence[str] | None) -> str:
    return next(iter(get_close_matches(str(word), list(choices or ()), n=1, cutoff=0.6)), "")


def _shown(value: Any) -> str:
    """Show a value in a line."""
    if isinstance(value, (Mapping, list, tuple)):
        return "a mapping" if isinstance(value, Mapping) else "a list"
    text = "nothing" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 40 else f"{text[:30]}...{text[-5:]}"
