"""The kinds of case that the desk itself brings, and how each is decided."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from officine.blueprints.desk.cases.appeals import about_appeal, measures_for_appeal
from officine.blueprints.desk.cases.people import (
    about_false_reports,
    about_offender,
    about_person,
    measures_for_false_reports,
    measures_for_offender,
    measures_for_person,
    person_measures,
)
from officine.blueprints.desk.cases.posts import (
    DISMISS,
    HIDE,
    about_post,
    measures_for_report,
)
from officine.blueprints.desk.cases.questions import about_question, measures_for_question
from officine.blueprints.desk.cases.shared import ESCALATE
from officine.models.case import Kind

__all__ = ["DISMISS", "ESCALATE", "HIDE", "KINDS", "person_measures"]

KINDS = (
    Kind(
        "report", _l("Report"), "desk/cases/_post.html", about_post, measures_for_report,
    ),
    Kind(
        "report-person", _l("Report on a person"), "desk/cases/_person.html", about_person,
        measures_for_person,
    ),
    Kind(
        "report-question", _l("Report on a question"), "desk/cases/_question.html",
        about_question, measures_for_question,
    ),
    Kind(
        "appeal", _lp("noun", "Appeal"), "desk/cases/_appeal.html", about_appeal,
        measures_for_appeal,
    ),
    Kind(
        "offender", _l("Often against the rules"), "desk/cases/_offender.html", about_offender,
        measures_for_offender,
    ),
    Kind(
        "false-reports", _l("Reports without cause"), "desk/cases/_offender.html",
        about_false_reports, measures_for_false_reports,
    ),
)  # fmt: skip
