"""``python -m docs.tools``: write into the pages what a program fills."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs.tools.cells import doubtful_cells
from docs.tools.marks import filled
from docs.tools.parameters import parameter_tables

__all__ = ["PLACES", "main", "written"]

DOCS = Path(__file__).parents[1]
#: Page and place, and what writes it.
PLACES: dict[tuple[str, str], Callable[[], str]] = {
    ("ODD.md", "parameters"): parameter_tables,
    ("data.md", "doubtful-cells"): doubtful_cells,
}


def written(page: str) -> str:
    """Return a page as it has to be."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for (where, place), write in PLACES.items():
        if where == page:
            text = filled(text, place, write())
    return text


def main() -> None:
    """Write all pages that are not as they have to be, and say which."""
    for page in sorted({page for page, _ in PLACES}):
        path, text = DOCS / page, written(page)
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"docs/{page} is written")


if __name__ == "__main__":
    main()
