"""Who brings, replaces and works on the video of an interview."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_team, is_not_barred
from officine.models import Interview, Upload

NOT_EDITOR = Refusal(_l("Only the editorial team works on the video of an interview."))


def may_work_on(viewer: Any, interview: Interview) -> Verdict:
    """Whoever works in the editorial desk and may write."""
    return for_team(viewer, NOT_EDITOR) and is_not_barred(viewer)


def may_go_on(viewer: Any, upload: Upload, interview: Interview) -> Verdict:
    """An upload is gone on with by any editor, but only for the interview that it began for."""
    return may_work_on(viewer, interview) if upload.interview_id == interview.id else NOT_EDITOR
