"""The groups’ pages hang on this."""

from flask import Blueprint

groups = Blueprint("groups", __name__)
