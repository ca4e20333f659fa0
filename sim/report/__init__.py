"""One page that tells all of a run or a study: a folder in, one self-contained HTML file out."""

from sim.report.dossier import Change, Dossier, Number, Plate, Section, Sheet
from sim.report.page import render
from sim.report.reading import read_dossier
from sim.report.writing import FILE, Report, write_report

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # what a report says
    "Change",
    "Dossier",
    "Number",
    "Plate",
    "Section",
    "Sheet",
    # from a folder to a page
    "FILE",
    "Report",
    "read_dossier",
    "render",
    "write_report",
]
