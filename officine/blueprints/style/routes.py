"""Every component in all its states, in the demonstration only."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from officine.core.clock import now
from officine.core.errors import error_page
from officine.core.form import Form
from officine.core.htmx import page

style = Blueprint("style", __name__)

ERRORS = (400, 403, 404, 405, 413, 422, 429, 500, 503)


class SpecimenForm(Form):
    """Fields to look at; nothing is ever sent."""

    class Meta:
        csrf = False

    name = StringField(_l("Name"), [InputRequired()])
    about = TextAreaField(_l("About you"), [Length(max=300)])
    password = PasswordField(_l("Password"), [InputRequired()])
    kind = RadioField(
        _l("You are"),
        choices=[
            SelectChoice("entrepreneur", _l("Entrepreneur")),
            SelectChoice("supplier", _l("Supplier or consultant")),
        ],
        validators=[InputRequired()],
    )
    sector = SelectField(
        _l("Sector"), choices=[SelectChoice("metal", _l("Metal and metalworking"))]
    )
    agree = BooleanField(_l("I have read the rules"), [InputRequired()])


@style.before_request
def only_in_the_demonstration() -> None:
    """Elsewhere these pages do not exist."""
    if not current_app.config["DEMO"]:
        abort(404)


@style.get("/style")
def show() -> Response:
    """All the components."""
    wrong = SpecimenForm(data={"name": "", "about": "…"})
    wrong.validate()
    moment = now()
    return page(
        "style/show.html",
        fine=SpecimenForm(prefix="fine", data={"name": "Lucia Ferrandi", "kind": "entrepreneur"}),
        wrong=wrong,
        recent=moment - timedelta(minutes=12),
        yesterday=moment - timedelta(days=1, hours=2),
        specimen_url=lambda number: url_for("style.show", page=number),
    )


@style.get("/style/errors/<int:code>")
def error(code: int) -> Response:
    """An error page as somebody would meet it."""
    if code not in ERRORS:
        abort(404)
    return error_page(code)
