"""The text of a calendar out of its bytes: in whichever letters it was written, with its folded
lines whole.
"""

import re

BEGIN, END = "BEGIN:VCALENDAR", "END:VCALENDAR"


def text_of(data: bytes) -> str:
    """A calendar as text, without what stands around it; nothing where there is none.

    Lines are made whole before their letters are read: programs fold them in the middle of one
    (RFC 5545, 3.1).
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = re.sub(rb"\r\n?", b"\n", data)
    data = re.sub(rb"\n[ \t]", b"", data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old programs for Windows.
        text = data.decode("cp1252", "replace")
    marks = text.upper()
    first, last = marks.find(BEGIN), marks.rfind(END)
    # An upper case of another length would move the marks.
    if first < 0 or last < first or len(marks) != len(text):
        return "" if first < 0 else text
    return text[first : last + len(END)] + "\n"
