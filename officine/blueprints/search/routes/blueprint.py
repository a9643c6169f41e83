"""The pages of search hang on this."""

from flask import Blueprint

search = Blueprint("search", __name__)

PACE = "240 per minute"
"""Fast enough for a whole office that types at once; a machine has other ways in."""
