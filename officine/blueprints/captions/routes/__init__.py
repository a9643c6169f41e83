"""Captions over HTTP: the desk’s editor, files in and out, and what players load."""

from officine.blueprints.captions.routes import (
    drafts,
    editing,
    files,
    overview,
    public,
    rows,
    wholesale,
)
from officine.blueprints.captions.routes.blueprint import captions

__all__ = ["captions", "drafts", "editing", "files", "overview", "public", "rows", "wholesale"]
