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
    """The equilibrium was not found, or there is none.

    Parameters
    ----------
    residual : float
        The largest change that one more step would make, in logs; not a number if the step leads out of the world.
    iterations : int
        The steps taken; 0 if the equations can be met, but not by a world that makes sense.
    place : str
        Which case, and how far its duties could be followed.
    """

    def __init__(self, residual: float, iterations: int, place: str = "") -> None:
        self.residual, self.iterations, self.place = residual, iterations, place
        found = f" after {iterations} iterations: residual {residual:.3g}" if iterations else ""
        super().__init__(f"no equilibrium{found}{place}")

    def __reduce__(self) -> tuple[type[ConvergenceError], tuple[float, int, str]]:
        """Survive the way back from a worker process."""
        return ConvergenceError, (self.residual, self.iterations, self.place)
