"""What a form says of a wrong answer stands in our own catalogues."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation, ValidationError

from officine.core.form import WORDS, Form

SENTENCE = re.compile(r'gettext\(\s*(?:"[^"]+",\s*)?"([^"]+)"')
WRONG = (None, "", "x" * 100_000, -(10**12), 10**12)
TO_PROGRAMMERS = {"Choices cannot be None."}


class Wrong:
    """Stands where a validator looks for a field, and keeps which sentences it asks for."""

    raw_data = None
    errors = ()

    def __init__(self, data: Any) -> None:
        self.data = data
        self.said: set[str] = set()

    def gettext(self, text: str) -> str:
        self.said.add(text)
        return text

    def ngettext(self, _one: str, many: str, _count: int) -> str:
        return self.gettext(many)


def forms(of: type[FlaskForm] = Form) -> Iterator[type[FlaskForm]]:
    """Every form of the software."""
    for form in of.__subclasses__():
        yield form
        yield from forms(form)


def fields(form: type[FlaskForm]) -> Iterator[UnboundField]:
    """The fields of a form, also those that stand in others."""
    for name in dir(form):
        field = getattr(form, name)
        while isinstance(field, UnboundField):
            yield field
            field = next((each for each in field.args if isinstance(each, UnboundField)), None)


@cache
def said_by_field(field: type) -> set[str]:
    """What WTForms says in the code of a field."""
    theirs = [each for each in field.__mro__ if each.__module__.startswith("wtforms.")]
    return {said for each in theirs for said in SENTENCE.findall(inspect.getsource(each))}


def said_by_validator(validate: Callable[[Any, Any], None]) -> set[str]:
    """What a validator without a sentence of its own asks WTForms for."""
    said: set[str] = set()
    if getattr(validate, "message", validate) is None:
        for data in WRONG:
            field = Wrong(data)
            with suppress(StopValidation, ValidationError, TypeError):
                validate(None, field)
            said |= field.said
    return said


def test_every_form_speaks_in_our_words(app):
    ours = {each for each in FlaskForm.__subclasses__() if each.__module__.startswith("officine")}
    assert ours == {Form}
    assert len(list(forms())) > 70

    for form in forms():
        for field in fields(form):
            said = said_by_field(field.field_class) - TO_PROGRAMMERS
            given = field.kwargs.get("validators") or next(iter(field.args[1:2]), ())
            for each in (given,) if callable(given) else given:
                said |= said_by_validator(each)
            assert said <= set(WORDS), f"{form.__name__}: {field.args[:1]}"


def test_a_wrong_answer_is_told_in_our_words(world, visit):
    reply = visit(world.davide).post("/es/companies", name="x" * 121, country="Atlantis")

    assert reply.status_code == 422
    assert "Usa como máximo 120 caracteres." in reply.text
    assert "Elige entre lo que se ofrece." in reply.text
