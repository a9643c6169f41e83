"""Statements of reasons as the European Commission collects them (Regulation (EU) 2022/2065,
Article 24(5)): no name, no text and no address of anybody.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import aliased

from officine.blueprints.openness.queries.report import Span
from officine.blueprints.openness.queries.schema import (
    CATEGORIES,
    ENUMERATIONS,
    FIELDS,
    LAW_PAGES,
    RESTRICTIONS,
    SOURCES,
    UNTOLD_LAW,
)
from officine.blueprints.openness.queries.subjects import (
    kind_of_thing,
    language_of_thing,
    with_subjects,
)
from officine.core.db import db
from officine.core.i18n import current_language
from officine.core.words import RULE_NAMES
from officine.models import Decision, Group, Member, Post, Topic
from officine.models.decision import HIDING
from officine.models.document import reason_text

Statement = dict[str, Any]
"""FIELDS, each with its value."""

TO_ALL = ENUMERATIONS["territorial_scope"]
WORD = re.compile(r"\w{3,}")
TELLS_SOMEBODY = re.compile(r"@|//|www\.|\d{6}")
"""Mail addresses, pages and telephone numbers."""


def statements(span: Span, rules_page: Callable[[str], str]) -> list[Statement]:
    """The statements of a period, oldest first, in the language being written; ``rules_page``
    gives the address at which a rule is read.
    """
    affected = aliased(Member)
    query = with_subjects(
        select(
            Decision,
            kind_of_thing().label("kind"),
            language_of_thing().label("language"),
            func.coalesce(
                Post.written_at, Topic.opened_at, Group.created_at, affected.joined_at, Decision.at
            ).label("published_at"),
            Post.html.contains("<img").label("has_pictures"),
            _ended_at().label("ended_at"),
        )
    ).outerjoin(affected, affected.id == Decision.affected_id)
    rows = db.session.execute(
        query.where(
            Decision.measure.in_(RESTRICTIONS),
            Decision.at >= span[0],
            Decision.at < span[1],
        ).order_by(Decision.at, Decision.id)
    ).all()
    library = _library({(row.Decision.reason_id, row.Decision.reason_revision) for row in rows})
    laws = _laws({row.Decision.law for row in rows if row.Decision.law})
    return [_statement(row, rules_page, library, laws) for row in rows]


def _statement(
    row: Any,
    rules_page: Callable[[str], str],
    library: dict[tuple[int, int], str],
    laws: dict[str, str],
) -> Statement:
    decision: Decision = row.Decision
    statement: Statement = dict.fromkeys(FIELDS)
    statement |= _restriction(decision, row.ended_at)
    statement |= _ground(decision, rules_page, laws)
    statement |= _content(row)
    statement |= {
        "territorial_scope": _territory(decision.territory),
        "application_date": _day(decision.at),
        "decision_facts": _facts(decision, library),
        "source_type": SOURCES[decision.on_report],
        "automated_detection": "Yes" if decision.detected_automatically else "No",
        "automated_decision": (
            "AUTOMATED_DECISION_FULLY" if decision.automatic else "AUTOMATED_DECISION_NOT_AUTOMATED"
        ),
        "account_type": "ACCOUNT_TYPE_BUSINESS",
        "puid": f"officine-decision-{decision.id}",
    }
    return statement


def _restriction(decision: Decision, ended_at: datetime | None) -> Statement:
    restriction = RESTRICTIONS[decision.measure]
    is_visibility = restriction.field == "decision_visibility"
    ends = min((each for each in (decision.until, ended_at) if each), default=None)
    restricted: Statement = {
        restriction.field: [restriction.value] if is_visibility else restriction.value,
        restriction.end_date: _day(ends) if ends else None,
    }
    if restriction.other:
        restricted["decision_visibility_other"] = str(restriction.other)
    return restricted


def _ground(
    decision: Decision, rules_page: Callable[[str], str], laws: dict[str, str]
) -> Statement:
    rule = CATEGORIES[decision.rule]
    grounds: Statement = {
        "category": rule.category,
        "category_specification": list(rule.keywords),
        "category_specification_other": str(rule.other) if rule.other else None,
    }
    if decision.ground == "law":
        return grounds | {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "decision_ground_reference_url": LAW_PAGES.get(decision.law),
            "illegal_content_legal_ground": laws[decision.law],
            "illegal_content_explanation": str(rule.sentence),
        }
    return grounds | {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "decision_ground_reference_url": rules_page(decision.rule),
        "incompatible_content_ground": _(
            "Rules of the community: %(rule)s", rule=RULE_NAMES[decision.rule]
        ),
        "incompatible_content_explanation": str(rule.sentence),
        "incompatible_content_illegal": "No",
    }


def _laws(used: set[str]) -> dict[str, str]:
    """Each law as it can be told: as the editor named it, unless they wrote more than its name.

    A law has a number; it is no address, and has no word in common with a member’s name.
    """
    words = {law: set(WORD.findall(law.casefold())) for law in used if law not in LAW_PAGES}
    said = set().union(*words.values())
    names = {
        word
        for name in db.session.scalars(
            select(Member.name).where(or_(*(Member.name.icontains(word) for word in said)))
        )
        for word in WORD.findall(name.casefold())
    } if said else set()  # fmt: skip
    return {
        law: law if law in LAW_PAGES or _is_a_law(law, words[law] & names) else str(UNTOLD_LAW)
        for law in used
    }


def _is_a_law(law: str, names: set[str]) -> bool:
    return not names and not TELLS_SOMEBODY.search(law) and any(each.isdigit() for each in law)


def _content(row: Any) -> Statement:
    kinds = ["CONTENT_TYPE_TEXT"]
    if row.kind == "person":
        kinds = ["CONTENT_TYPE_OTHER"]
    elif row.has_pictures:
        kinds.append("CONTENT_TYPE_IMAGE")
    code = row.language.upper()
    return {
        "content_type": kinds,
        "content_type_other": _("An account") if row.kind == "person" else None,
        "content_language": code if code in ENUMERATIONS["content_language"] else None,
        "content_date": _day(min(row.published_at, row.Decision.at)),
    }


def _facts(decision: Decision, library: dict[tuple[int, int], str]) -> str:
    """What happened, in sentences that stand for every such decision."""
    if decision.automatic:
        how = _("An automatic check stopped it until an editor has read it.")
    elif decision.on_report:
        how = _("It was reported to the editorial team, and an editor decided.")
    elif decision.detected_automatically:
        how = _("An automatic check pointed it out, and an editor decided.")
    else:
        how = _("The editorial team saw it, and an editor decided.")
    key = (decision.reason_id or 0, decision.reason_revision or 0)
    return f"{how} {library.get(key) or CATEGORIES[decision.rule].sentence}"


def _library(used: set[tuple[int | None, int | None]]) -> dict[tuple[int, int], str]:
    return {
        (reason_id, revision): reason_text(reason_id, revision, current_language())[0].strip()
        for reason_id, revision in used
        if reason_id is not None and revision is not None
    }


def _territory(territory: str) -> list[str]:
    """Countries of the European Economic Area; everywhere is all of them."""
    named = [code for code in re.split(r"\W+", territory.upper()) if code in TO_ALL]
    return named or list(TO_ALL)


def _ended_at() -> ScalarSelect[datetime]:
    """When a later decision gave back what a decision took."""
    later = aliased(Decision)
    gives_back = or_(
        and_(later.reverses_id == Decision.id, later.measure.in_(("reverse", "lift"))),
        and_(
            Decision.measure.in_(HIDING),
            later.post_id == Decision.post_id,
            later.measure.in_(("approve", "show")),
        ),
        and_(
            Decision.measure == "lock",
            later.topic_id == Decision.topic_id,
            later.measure == "unlock",
        ),
        and_(
            Decision.measure == "slow",
            later.topic_id == Decision.topic_id,
            later.measure == "unslow",
        ),
    )
    return (
        select(func.min(later.at))
        .where(later.id > Decision.id, later.at >= Decision.at, gives_back)
        .correlate(Decision)
        .scalar_subquery()
    )


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
