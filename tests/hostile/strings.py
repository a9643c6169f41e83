"""What people with bad intentions, or bad luck, put into a field."""

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" autofocus onfocus=alert(1) x=\"' onmouseover='alert(1)",
    "picture": "<img src=x onerror=alert(1)>",
    "svg": '<svg/onload=alert(1)><math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    "link": "[click](javascript:alert(1)) ![x](data:text/html,<script>alert(1)</script>)",
    "sql": "'; DROP TABLE member; --",
    "template": "{{ 7 * 7 }} ${7*7} {% raw %} %(name)s %s {0}",
    "path": "../../../../etc/passwd\\..\\..\\windows",
    "header": "x\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
    "null": "be\x00fore",
    "controls": "\x01\x08\x1b[31m\x7f",
    "direction": "\u202egnihtyna\u202c \u2066hidden\u2069",
    "marks": "Z" + "\u0351\u0343\u0311\u030b" * 60,
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "full width": "＜script＞alert(1)＜/script＞",
    "spaces": "\u00a0\u2003\u200b\ufeff \t\n",
    "number": "99999999999999999999999999999999",
    "minus": "-1",
    "not a number": "NaN",
    "deep": "> " * 400 + "[" * 400,
    "long": "a" * 70_000,
    "long word": "https://example.org/" + "b" * 5_000,
}

# Bytes that are no text in the encoding that forms use, each kind after the other.
BROKEN_BYTES = "%FF%FE%00x%ED%A0%80x%C0%AFx%80%81"

PATHS = [
    "..%2f..%2fetc%2fpasswd", "%00", "%FF", "x" * 3000, "<script>", "'--", "-1", "1e9",
    "99999999999999999999", "%0d%0aSet-Cookie:a=b", "con", ".", "....//", "%2e%2e",
]  # fmt: skip
