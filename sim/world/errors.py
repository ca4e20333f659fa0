"""What can go wrong with the facts and with the solver, said so that a reader can mend it."""

from __future__ import annotations

__all__ = ["ConvergenceError", "WorldDataError"]


class WorldDataError(ValueError):
    """A data file holds something that cannot be true.

    Parameters
    ----------
    file : str
        The name of the file.
    problem : str
        What is wrong.
    line : int, optional
        The line of the file, counted from 1.
    column : str, optional
        The name of the column.
    allowed : str, optional
        What the cell may hold.
    """

    def __init__(
        self, file: str, problem: str, line: int | None = None, column: str | None = None, allowed: str | None = None
    ) -> None:
        self.file, self.problem, self.line, self.column, self.allowed = file, problem, line, column, allowed
        place = file + ("" if line is None else f", line {line}") + ("" if column is None else f", column {column!r}")
        super().__init__(f"{place}: {problem}" + ("" if allowed is None else f" (allowed: {allowed})"))


class ConvergenceError(RuntimeError):
    """The equilibrium was not found.

    Parameters
    ----------
    residual : float
        The largest change that one more step would make, in logs.
    iterations : int
        The steps taken.
    """

    def __init__(self, residual: float, iterations: int) -> None:
        self.residual, self.iterations = residual, iterations
        super().__init__(f"no equilibrium after {iterations} iterations: residual {residual:.3g}")
