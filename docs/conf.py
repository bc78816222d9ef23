"""Sphinx configuration: Markdown pages, reference from docstrings, warnings are errors."""

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
html_theme = "furo"
html_title = "workflow"
exclude_patterns = ["_build"]
language = "en"
