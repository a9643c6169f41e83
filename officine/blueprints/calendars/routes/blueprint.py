"""The pages and files of calendars hang on this."""

from flask import Blueprint

calendars = Blueprint("calendars", __name__)
