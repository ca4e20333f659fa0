"""Exchange with other negotiation platforms: files of Genius and GeniusWeb, negotiators and mechanisms of NegMAS."""

from sim.interop.files import FileError
from sim.interop.genius import read_genius, read_genius_discount
from sim.interop.genius_write import write_genius
from sim.interop.geniusweb import read_geniusweb, write_geniusweb

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # Genius
    "read_genius",
    "read_genius_discount",
    "write_genius",
    # GeniusWeb
    "read_geniusweb",
    "write_geniusweb",
    # errors
    "FileError",
]
