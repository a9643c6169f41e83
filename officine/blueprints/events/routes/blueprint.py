"""The events’ pages hang on this."""

from flask import Blueprint

events = Blueprint("events", __name__)
