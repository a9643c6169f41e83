"""What the address asks for."""

from typing import Any

from flask import request


def one_of(known: Any, name: str) -> str:
    value = request.args.get(name, "")
    return value if value in known else ""


def page_number() -> int:
    number = request.args.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1
