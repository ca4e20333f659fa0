"""One way to compile a rule, so that both drivers run the same machine code.

Rules are small pure functions of numbers and arrays. They are compiled on first use and cached beside their file;
floating-point operations keep their order (no fast-math), so a rule gives the same bits wherever it is called from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

__all__ = ["compiled", "unlocked"]

P = ParamSpec("P")
R = TypeVar("R")


def compiled(rule: Callable[P, R]) -> Callable[P, R]:
    """Compile a rule to machine code; its type stays what it says."""
    function: Callable[P, R] = njit(cache=True)(rule)
    return function


def unlocked(rule: Callable[P, R]) -> Callable[P, R]:
    """Compile a long piece of work that lets other threads run meanwhile; otherwise as :func:`compiled`."""
    function: Callable[P, R] = njit(cache=True, nogil=True)(rule)
    return function
