"""Who runs the site: what the law asks each page and the contact points to tell."""

from dataclasses import dataclass
from email.utils import parseaddr
from typing import cast

from flask import Flask, current_app

from officine.core.config import Settings


@dataclass(frozen=True)
class Operator:
    """The company behind the site. An empty text is not told."""

    name: str
    address: str
    vat: str
    register: str
    email: str
    phone: str
    authorities_email: str
    """Where authorities write (Regulation (EU) 2022/2065, Article 11)."""
    is_example: bool = False
    """Whether it is invented, for the demonstration."""


def init_app(app: Flask, settings: Settings) -> None:
    """Let every page name the operator."""
    app.jinja_env.globals["operator"] = operator_of(settings)


def operator() -> Operator:
    """Who runs this site, also where no page is written."""
    return cast(Operator, current_app.jinja_env.globals["operator"])


def operator_of(settings: Settings) -> Operator:
    """The operator that the settings name; in the demonstration an invented one, unless they do."""
    desk = parseaddr(settings.mail_from)[1]
    if settings.demo and not settings.operator_name:
        return Operator(
            name="Officine Esempio S.r.l.",
            address="Via dell’Esempio 1, 00100 Roma",
            vat="IT 00000000000",
            register="REA RM-0000000",
            email=desk,
            phone="+39 06 0000 0000",
            authorities_email=desk,
            is_example=True,
        )
    email = settings.operator_email or desk
    return Operator(
        name=settings.operator_name or settings.site_name,
        address=settings.operator_address or "",
        vat=settings.operator_vat or "",
        register=settings.operator_register or "",
        email=email,
        phone=settings.operator_phone or "",
        authorities_email=settings.operator_authorities_email or email,
    )
