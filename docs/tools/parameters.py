"""Every parameter of a scenario as tables, read from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docs.tools.marks import table
from sim.scenario import IssueTerms, parameters

__all__ = ["mechanism_table", "parameter_tables"]

#: Sections in the order of the pages, and what they are about.
SECTIONS = {
    "": "The run",
    "clock": "Time",
    "queue": "The queue",
    "session": "At the table",
    "threat": "The threat",
    "response": "How trade answers",
    "court": "The courts",
    "united_states": "The United States",
    "partners": "The partners",
    "politics": "Politics",
    "mechanisms": "The seven mechanisms",
    "retaliation": "Answers with duties",
    "announcements": "Public statements",
    "tracks": "Tracks of their own",
    "tactics": "Tactics",
    "calendar": "The calendar",
}
#: Mechanisms that look at how alike partners are.
REACHING = ("precedent", "parity")
HEAD = ["key", "meaning", "unit", "default", "range", "source"]


def parameter_tables() -> str:
    """Return all parameters in Markdown: a table a section, and one of the issues side by side."""
    parts = []
    for section, title in SECTIONS.items():
        rows = [row for row in parameters() if _section(row["key"]) == section]
        parts.append(f"#### {title}\n\n{table(HEAD, (_cells(row) for row in rows))}")
    return "\n\n".join([*parts, f"#### The issues\n\n{_issues()}"])


def mechanism_table(name: str) -> str:
    """Return the parameters of one mechanism in Markdown."""
    shared = ["mechanisms.reach"] if name in REACHING else []
    rows = {row["key"]: row for row in parameters()}
    own = [key for key in rows if key.startswith(f"mechanisms.{name}.")]
    return table(HEAD, (_cells(rows[key]) for key in [*own, *shared]))


def _section(key: str) -> str:
    first = key.split(".")[0].removesuffix("[]")
    return first if "." in key or first == "calendar" else ""


def _cells(row: dict[str, Any]) -> list[str]:
    """The cells of a parameter."""
    return [f"`{row['key']}`", row["meaning"], row["unit"], _default(row), _range(row), row["source"]]


def _default(row: dict[str, Any]) -> str:
    value = row["default"]
    if row["key"] == "calendar":
        return "the calendar of 2025"
    if value is None or value == () or value == {}:
        return "not set"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _range(row: dict[str, Any]) -> str:
    """What may stand there."""
    parts = [] if row["range"] is None else ["{} to {}".format(*row["range"])]
    return " or ".join([*parts, *map(str, row["choices"])]) or "-"


def _issues() -> str:
    """The table of the issues: a field a row, an issue a column."""
    rows = [row for row in parameters() if row["key"].startswith("issues.")]
    issues = list(dict.fromkeys(row["key"].split(".")[1] for row in rows))
    named = {row["key"].split(".")[2]: row for row in rows}
    fields = {field: named[field] for field in IssueTerms.model_fields}
    default = {row["key"]: _default(row) for row in rows}

    def lines() -> Iterator[list[str]]:
        for field, row in fields.items():
            values = [default.get(f"issues.{issue}.{field}", "-") for issue in issues]
            yield [f"`{field}`", row["meaning"], *values, _range(row)]

    return table(["`issues.<issue>.`", "meaning", *(f"`{issue}`" for issue in issues), "range"], lines())
