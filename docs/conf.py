"""Sphinx configuration: Markdown pages, reference from docstrings, warnings are errors.

The pages of the documented plans are written from the plan documents before the build begins,
so that page and plan cannot differ; the pictures of the guides are drawn then too.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import picture_files  # noqa: E402 - it stands beside this file, which is on the path from here on
import plan_pages  # noqa: E402 - the same

plan_pages.write(HERE / "plans")
picture_files.write(HERE / "plans")

project = "workflow"
author = "The workflow maintainers"
copyright = "2026, the workflow maintainers"
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["deflist", "fieldlist", "colon_fence"]
myst_heading_anchors = 4
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_use_ivar = True  # a field is described once, where the class describes it
html_theme = "furo"
html_title = "workflow"
html_show_sourcelink = False
exclude_patterns = ["_build", "figures"]
language = "en"
