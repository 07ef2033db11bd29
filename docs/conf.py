"""The documentation site: ``sphinx-build -W --keep-going -j 2 -c docs . build/site``.

The sources are the documents and the pages of the book where they are in the repository. Nothing is loaded from
outside: KaTeX is the one that the HTML pages of the package carry, and diagrams are drawn when the site is built.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "site")]

import kl_symbolic  # noqa: E402

project = "kl_symbolic"
author = "the kl_symbolic authors"
copyright = author
version = release = kl_symbolic.__version__

root_doc = "docs/index"
include_patterns = ["docs/*.md", "docs/tutorials/*.md", "derivations/index.md", "derivations/*/*.md"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "formulas", "diagrams", "book_pages"]

myst_enable_extensions = ["deflist"]
myst_fence_as_directive = ["math", "mermaid"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_type_aliases = {"DistributionLike": "DistributionLike", "Statement": "Statement", "Number": "Number"}
napoleon_google_docstring = False
napoleon_use_rtype = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "kl_symbolic"
html_theme_options = {"top_of_page_buttons": []}
html_static_path = ["site/static"]
html_extra_path = ["site/front"]
html_css_files = ["katex.css", "site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_math_renderer = "formulas"
