"""Addresses that people can read."""

import re
import unicodedata

LONGEST = 80


def slugify(text: str, fallback: str = "x") -> str:
    """Lower-case letters and digits joined by hyphens: “L’export è duro” → ``l-export-e-duro``.

    ``fallback`` is given when nothing of the text can stand in an address.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or fallback
