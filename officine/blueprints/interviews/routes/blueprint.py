"""The blueprint of the interviews."""

from flask import Blueprint

interviews = Blueprint("interviews", __name__)
