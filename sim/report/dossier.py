"""What a report says, before it is laid out: everything is text by now, except pictures."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.pictures import Picture

__all__ = ["Change", "Dossier", "Number", "Plate", "Section", "Sheet"]

FIRST = frozenset("0123456789+−<>")
"""What a number begins with."""
LONG = 120
"""Letters of a value that are read at a glance."""


@dataclass(frozen=True)
class Number:
    """A key number: what it is, its value, its unit, and its 95 per cent interval (empty where there is none)."""

    label: str
    value: str
    unit: str
    interval: str


@dataclass(frozen=True, eq=False)
class Plate:
    """A figure: its picture, what it is called, how to read it, and the file with its numbers (empty if none)."""

    stem: str
    picture: Picture
    title: str
    reading: str
    source: str


@dataclass(frozen=True)
class Sheet:
    """A table: its title, heads, rows of cells (the first names the row), a note, and the file it is from."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str
    source: str

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, and so are set to the right."""
        return tuple(any(cell[:1] in FIRST for cell in column if cell) for column in zip(*self.rows, strict=True))


@dataclass(frozen=True, eq=False)
class Section:
    """One question with its answer.

    Attributes
    ----------
    title : str
        The question.
    sentence : str
        The answer in words; empty where figures and tables are all there is.
    plates, sheets : tuple
        Figures and tables.
    notes : tuple of str
        What to know about them.
    missing : tuple of str
        Figures and tables that should be here and are not.
    """

    title: str
    sentence: str
    plates: tuple[Plate, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """An assumption that is not the default: its key, what it means, and both values, long ones line by line."""

    key: str
    meaning: str
    default: tuple[str, ...]
    value: tuple[str, ...]

    @property
    def long(self) -> bool:
        """Whether a value is too long to be read in a table."""
        return max(len(" ".join(lines)) for lines in (self.default, self.value)) > LONG


@dataclass(frozen=True, eq=False)
class Dossier:
    """All of a report.

    Attributes
    ----------
    title, question, answer : str
        What was run, what was asked, and the answer in one sentence.
    numbers : tuple of Number
        The key numbers.
    sections : tuple of Section
        The questions in their order.
    changed : tuple of Change
        Assumptions that are not the defaults.
    limits : tuple of str
        What the answer does not cover.
    command : str
        Makes the same numbers again.
    provenance : tuple of (str, str)
        Names and values: scenario, seed, twins, versions.
    scenario_text : str
        The scenario in full, as YAML; empty where the folder has none.
    """

    title: str
    question: str
    answer: str
    numbers: tuple[Number, ...]
    sections: tuple[Section, ...]
    changed: tuple[Change, ...]
    limits: tuple[str, ...]
    command: str
    provenance: tuple[tuple[str, str], ...]
    scenario_text: str
