"""The blueprint that all pages of captions hang on."""

from flask import Blueprint

from officine.lib.captions import editable

captions = Blueprint("captions", __name__)

INTERVIEW = "/desk/interviews/<int:interview_id>/captions"
LANGUAGE = f"{INTERVIEW}/<any(it, en, es):language>"

captions.add_app_template_filter(editable, "editable")
