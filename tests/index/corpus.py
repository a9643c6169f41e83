"""A handful of documents that the tests of the index ask for."""

from typing import Any

from officine.core.index.interface import Document, Query

EVERYBODY = frozenset({"public"})


def document(id: str, title: str = "", body: str = "", **values: Any) -> Document:
    """A public Italian topic, unless said otherwise."""
    defaults = {"kind": "topic", "language": "it", "audience": "public"}
    return Document(id=id, title=title, body=body, **{**defaults, **values})


def query(text: str, **values: Any) -> Query:
    """What somebody asks who reads all three languages and has no account."""
    defaults = {"reads": ("it", "en", "es"), "audiences": EVERYBODY}
    return Query(text=text, **{**defaults, **values})


DOCUMENTS = [
    document("post:1", "Esportare in Inghilterra", "Chi paga la dogana all’estero?"),
    document("post:2", "Un’impresa di famiglia", "L’export verso il Regno Unito è fermo."),
    document("post:3", "La reunión anual", "¿Quién viene a la reunión?", language="es"),
    document("post:4", "Customs in Dover", "The companies wait two days.", language="en"),
]
