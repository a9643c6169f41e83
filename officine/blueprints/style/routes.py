"""Every component in all its states, in the demonstration only."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from officine.core.clock import now
from officine.core.htmx import page

style = Blueprint("style", __name__)


class SpecimenForm(FlaskForm):
    """Fields to look at; nothing is ever sent."""

    class Meta:
        csrf = False

    name = StringField(_l("Name"), [InputRequired()])
    about = TextAreaField(_l("About you"), [Length(max=300)])
    password = PasswordField(_l("Password"), [InputRequired()])
    kind = RadioField(
        _l("You are"),
        choices=[("entrepreneur", _l("Entrepreneur")), ("supplier", _l("Supplier or consultant"))],
        validators=[InputRequired()],
    )
    sector = SelectField(_l("Sector"), choices=[("metal", _l("Metal and metalworking"))])
    agree = BooleanField(_l("I have read the rules"), [InputRequired()])


@style.get("/style")
def show() -> Response:
    """All the components."""
    if not current_app.config["DEMO"]:
        abort(404)
    wrong = SpecimenForm(data={"name": "", "about": "…"})
    wrong.validate()
    moment = now()
    return page(
        "style/show.html",
        fine=SpecimenForm(prefix="fine", data={"name": "Lucia Ferrandi", "kind": "entrepreneur"}),
        wrong=wrong,
        recent=moment - timedelta(minutes=12),
        yesterday=moment - timedelta(days=1, hours=2),
    )
