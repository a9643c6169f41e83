"""How templates are read: strictly, and compiled once for all processes."""

import hashlib
import re
import sys
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from jinja2 import __version__ as jinja_version
from jinja2.ext import Extension


class DataAttributes(Extension):
    """Templates say `hx-get`; what goes out says `data-hx-get`, which htmx reads alike and HTML
    allows on every element.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"(?<![\w-])hx-(?=[a-z])", "data-hx-", source)


class CompiledTemplates(FileSystemBytecodeCache):
    """Templates as they were compiled last. One is compiled anew when its text has changed, and
    all of them when what reads them has: this file, or Jinja.
    """

    read_by = hashlib.sha256(Path(__file__).read_bytes() + jinja_version.encode()).hexdigest()

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self.read_by + source)


def init_app(app: Flask, data_dir: Path) -> None:
    """Read templates strictly, and keep what they are compiled to: beside Python’s own bytecode
    where that has a place of its own, else in the data folder.
    """
    kept = Path(sys.pycache_prefix or data_dir) / "templates"
    # What lies there is run: nobody else may write to it.
    kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.jinja_env.bytecode_cache = CompiledTemplates(str(kept))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.add_extension(DataAttributes)
