"""How the documentation is built: Sphinx and MyST, with nothing that is fetched from anywhere."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

from sim import __version__  # noqa: E402

project, author, release = "First Mover", "First Mover contributors", __version__
copyright = "First Mover contributors, Apache-2.0"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
    "rooms",
    "commands",
    "keys",
]
root_doc = "index"
exclude_patterns = ["_build", "_ext", "tools", "notebooks"]

myst_heading_anchors = 4
myst_links_external_new_tab = False
# Types in signatures are named without their room, and some rooms have a name in common.
suppress_warnings = ["ref.python"]

bibtex_bibfiles = ["bibliography.bib"]

default_role = "code"
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"First Mover {release}"
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["wide.css"]
