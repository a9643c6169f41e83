"""What was decided about something or somebody, with its reason.

The statement of reasons of Regulation (EU) 2022/2065, Article 17: the measure, where and until
when it holds, the ground, the facts, whose initiative it was, whether a machine took part, and
until when whoever it affects can appeal.
"""

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core import audit
from officine.core.db import Model, db
from officine.lib.text import clean, clean_line
from officine.models.member import Member, language_of

HIDING = ("hold", "send-back", "hide", "remove", "remove-urgently")
"""What takes a post out of sight."""
TIMED = ("slow", "restrict", "suspend", "restrict-reports")
"""What ends by itself."""
SANCTIONS = ("restrict", "suspend", "close-account", "restrict-reports")
"""What narrows what a member may do."""
RESTRICTIVE = (
    *HIDING, "lock", *TIMED, "move", "split", "merge", "warn", "close-account",
    "remove-from-group", "decline-group", "decline-event", "hide-question",
)  # fmt: skip
"""What somebody may appeal against, because it takes something from them."""
APPEALABLE = (*RESTRICTIVE, "dismiss")
"""A report that is dismissed can be looked at again too."""
RELIEVING = ("approve", "show", "unlock", "unslow", "lift", "dismiss", "uphold", "reverse")
"""What takes nothing from anybody, or gives it back."""
MEASURES = (*RESTRICTIVE, *RELIEVING, "escalate")

RULES = (
    "respect", "advertising", "off-topic", "privacy", "copyright", "spam",
    "illegal", "minors", "terrorism", "other",
)  # fmt: skip
LAWS = {
    "illegal": "",
    "minors": "Directive 2011/93/EU",
    "terrorism": "Regulation (EU) 2021/784",
}
"""The rules whose ground is a law, and the law that usually is meant."""
GROUNDS = ("community", "law")
EVERYWHERE = "everywhere"

APPEAL_TIME = timedelta(days=184)
"""Six months, never fewer (Article 20(1))."""


class Grounds(TypedDict, total=False):
    """What a decision may say besides its rule and facts."""

    law: str
    """Which law, where the ground is one."""
    reason_id: int | None
    """The text of the library that was sent along, and its revision then."""
    reason_revision: int | None
    until: datetime | None
    """The end of a measure that ends by itself."""
    case_id: int | None
    reverses: "Decision | None"
    """The decision it takes back, or upholds."""


class Particulars(Grounds, total=False):
    """What it is about and how it came to be. ``language`` is that of the facts, by default the
    one they are clearly written in.
    """

    on_report: bool
    detected_automatically: bool
    language: str | None
    affected_id: int | None
    post_id: int | None
    topic_id: int | None
    group_id: int | None
    question_id: int | None


class Decision(Model):
    """A decision: a row that nothing changes afterwards."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(20))
    law: Mapped[str] = mapped_column(String(200), default="")
    facts: Mapped[str] = mapped_column(Text)
    """What happened and why it breaks the rule, in the editor's words, for the author."""
    language: Mapped[str] = mapped_column(String(8))
    """The language of the facts."""
    reason_id: Mapped[int | None]
    """The document of the library of reasons that was sent along, and its revision."""
    reason_revision: Mapped[int | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    """Nobody, where a rule of the site decided by itself."""
    at: Mapped[datetime]
    on_report: Mapped[bool] = mapped_column(default=False)
    """Whether somebody reported it; otherwise the team saw it."""
    detected_automatically: Mapped[bool] = mapped_column(default=False)
    automatic: Mapped[bool] = mapped_column(default=False)
    territory: Mapped[str] = mapped_column(String(40), default=EVERYWHERE)
    until: Mapped[datetime | None]
    """When it ends by itself; without it, it has no end date."""
    appealable_until: Mapped[datetime | None]

    affected_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    """Whom it affects: the author, or the member. Nobody, where reports were dismissed."""
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="SET NULL"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="SET NULL"))
    question_id: Mapped[int | None] = mapped_column(index=True)
    """What a reader asked the guest of an interview, which in turn refers to what hid it."""
    case_id: Mapped[int | None] = mapped_column(index=True)
    """The case it was taken in; a case in turn refers to the decision that closed it."""
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    """The decision it takes back, or upholds after an appeal."""

    by: Mapped[Member | None] = relationship(foreign_keys=by_id)
    affected: Mapped[Member | None] = relationship(foreign_keys=affected_id)
    reverses: Mapped["Decision | None"] = relationship(remote_side=[id])

    __table_args__ = (
        UniqueConstraint("id", "measure"),
        CheckConstraint(f"measure IN {MEASURES!r}", "measure"),
        CheckConstraint(f"ground IN {GROUNDS!r}", "ground"),
        CheckConstraint(f"rule IN {RULES!r}", "rule"),
        CheckConstraint("ground <> 'law' OR length(trim(law)) > 0", "which_law"),
        CheckConstraint("measure = 'approve' OR length(trim(facts)) > 0", "facts"),
        CheckConstraint("length(trim(territory)) > 0", "territory"),
        CheckConstraint("automatic OR by_id IS NOT NULL", "by_somebody"),
        CheckConstraint(f"measure NOT IN {TIMED!r} OR until IS NOT NULL", "ends"),
        CheckConstraint(
            f"measure NOT IN {APPEALABLE!r} OR appealable_until IS NOT NULL", "appealable"
        ),
        Index("ix_decision_group", "group_id", "measure", "at"),
        Index("ix_decision_at", "at"),
        Index("ix_decision_post", "post_id"),
        Index("ix_decision_topic", "topic_id"),
    )

    @property
    def restricts(self) -> bool:
        """Whether it takes something from whom it affects."""
        return self.measure in RESTRICTIVE

    def is_appealable(self, at: datetime) -> bool:
        """Whether one can still ask another editor to look again."""
        return self.appealable_until is not None and at < self.appealable_until


class FactsMissing(Exception):
    """Nobody is silenced without a reason in words."""


class LawMissing(Exception):
    """A decision by law says which."""


def decide(
    measure: str,
    *,
    by: Member | None,
    at: datetime,
    rule: str,
    facts: str,
    **particulars: Unpack[Particulars],
) -> Decision:
    """Take a decision: the only way to one. It is kept for good, and in the audit log.

    Without ``by``, a rule of the site decided by itself. Raises FactsMissing and LawMissing.
    """
    facts = clean(facts)
    law = clean_line(particulars.pop("law", "") or LAWS.get(rule, ""))
    _require_reason(measure, rule, facts, law)
    first = particulars.get("reverses")
    on_report = particulars.pop("on_report", False) or bool(first and first.on_report)
    decision = Decision(
        measure=measure,
        ground="law" if law else "community",
        rule=rule,
        law=law,
        facts=facts,
        language=particulars.pop("language", None) or language_of(facts, by),
        by=by,
        at=at,
        on_report=on_report,
        automatic=by is None,
        appealable_until=at + APPEAL_TIME if measure in APPEALABLE else None,
        **particulars,
    )
    db.session.add(decision)
    db.session.flush()
    _note(decision)
    return decision


def _require_reason(measure: str, rule: str, facts: str, law: str) -> None:
    """Nothing is decided without a reason, nothing by law without naming it."""
    if not facts and measure != "approve":
        raise FactsMissing(measure)
    if rule in LAWS and not law and measure in APPEALABLE:
        raise LawMissing(rule)


def _note(it: Decision) -> None:
    audit.note(
        f"decision.{it.measure}", it.by, decision=it.id, member=it.affected_id, post=it.post_id,
        topic=it.topic_id, group=it.group_id, question=it.question_id, case=it.case_id,
    )  # fmt: skip
