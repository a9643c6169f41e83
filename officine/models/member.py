"""A person with an account."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from flask_babel import gettext as _
from flask_login import UserMixin
from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    Text,
    TypeDecorator,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from officine.core import storage
from officine.core.clock import now
from officine.core.db import Model
from officine.core.i18n import LANGUAGES
from officine.lib.language import clear_language

if TYPE_CHECKING:
    from officine.models.company import Company
    from officine.models.sanction import Sanction
    from officine.models.sign_in import SignIn

KINDS = ("entrepreneur", "professional", "supplier")
ROLES = ("member", "editor", "manager", "administrator")
STAFF = ("editor", "manager", "administrator")
LEADERS = ("manager", "administrator")

# What a member may show to everyone or to members only, and what it is at first. Mail and phone
# are not among them: contact is never on a page.
FIELDS = ("photo", "job", "company", "place", "sector", "about", "offers", "seeks", "groups")
AUDIENCES = ("everyone", "members")


class PersonName(TypeDecorator[str]):
    """A person's name. Who has left has none: whoever reads what they wrote, by whatever query,
    finds “former member” in the reader's language.
    """

    impl = String(80)
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return _("Former member") if value == "" else value


class Member(UserMixin, Model):
    """A member, from the unconfirmed newcomer to the administrator."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    """Their name in addresses; a random one until they have confirmed."""
    name: Mapped[str] = mapped_column(PersonName())
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case: two spellings of an address are one account."""
    password_hash: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(20), default="member")

    interface_language: Mapped[str] = mapped_column(String(8))
    reads: Mapped[tuple[str, ...]]
    timezone: Mapped[str | None] = mapped_column(String(60))

    joined_at: Mapped[datetime]
    consented_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    photo_key: Mapped[str | None] = mapped_column(String(200))
    """A folder of squares (``…/96.webp``), or one drawing (``….svg``)."""
    job: Mapped[str] = mapped_column(String(80), default="")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    company_name: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    sector: Mapped[str] = mapped_column(String(20), default="")
    profile_language: Mapped[str] = mapped_column(String(8))
    """The language of about, offers and seeks."""
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    offers: Mapped[str] = mapped_column(Text, default="")
    seeks: Mapped[str] = mapped_column(Text, default="")
    shown_to: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """For each of FIELDS an audience; what is missing is shown to everyone."""

    mail_answers: Mapped[bool] = mapped_column(default=True)
    mail_mentions: Mapped[bool] = mapped_column(default=True)
    mail_interviews: Mapped[bool] = mapped_column(default=True)
    mail_events: Mapped[bool] = mapped_column(default=True)
    """Whether we remind them of events, and invite them. What changes an event to which they go
    reaches them anyway.
    """

    company: Mapped["Company | None"] = relationship(back_populates="people")
    sanctions: Mapped[list["Sanction"]] = relationship(
        primaryjoin="and_(Member.id == Sanction.member_id, Sanction.ended_at.is_(None))",
        viewonly=True,
    )
    """What decisions keep them from, unless it has ended of itself."""

    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS!r}", "kind"),
        CheckConstraint(f"role IN {ROLES!r}", "role"),
    )

    # Flask-Login would call any two members the same whose session it does not know.
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    is_member = True
    session_token = ""
    """The secret of the session through which they are looking; not kept in the database."""
    previews = cast("int | None", None)
    """The interview that an editor looks at as this member would."""
    sign_in = cast("SignIn | None", None)
    """The session through which they are looking."""

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session, so that it can be ended."""
        return self.session_token

    @property
    def is_staff(self) -> bool:
        """Whether they work in the editorial desk."""
        return self.role in STAFF

    @property
    def is_leader(self) -> bool:
        """Whether they answer for the team."""
        return self.role in LEADERS

    @property
    def is_administrator(self) -> bool:
        """Whether they run the installation."""
        return self.role == "administrator"

    @property
    def is_confirmed(self) -> bool:
        """Whether they proved that the mail address is theirs."""
        return self.confirmed_at is not None

    @property
    def is_active(self) -> bool:
        """Whether the account is still in use."""
        return self.left_at is None

    @property
    def hears_letters(self) -> bool:
        """Whether a letter of ours is for them: they are here, and the address is theirs."""
        return self.is_active and self.is_confirmed

    @property
    def is_supplier(self) -> bool:
        """Whether they sell to the other members: always shown."""
        return self.kind == "supplier"

    @property
    def first_name(self) -> str:
        """What friends would call them."""
        return self.name.split()[0] if self.name.split() else self.name

    @property
    def firm(self) -> str:
        """The name of the company, whether or not it has a page here."""
        return self.company.name if self.company else self.company_name

    def sanction(self, measure: str, at: datetime) -> "Sanction | None":
        """What keeps them from something at this moment: one of SANCTIONS."""
        return next((it for it in self.sanctions if it.measure == measure and it.holds(at)), None)

    def sanctions_in_force(self) -> "list[Sanction]":
        """What decisions keep them from just now, the hardest first."""
        order = ("close-account", "suspend", "restrict", "restrict-reports")
        at = now()
        return sorted(
            (it for it in self.sanctions if it.holds(at)), key=lambda it: order.index(it.measure)
        )

    def barring(self, at: datetime) -> "Sanction | None":
        """What keeps them from writing at this moment: a closed account before a suspension."""
        return self.sanction("close-account", at) or self.sanction("suspend", at)

    def shows(self, field: str, looking: Any) -> bool:
        """Whether ``looking`` (a member or a visitor) may see one of FIELDS."""
        if self.shown_to.get(field, "everyone") == "everyone":
            return True
        return bool(looking.is_member)

    def photo_url(self, size: int = 96) -> str | None:
        """The address of the photo, ``size`` pixels or a little more; None without one."""
        return photo_url(self.photo_key, size)

    def speaks_for(self, company: "Company") -> bool:
        """Whether they may change what the company says of itself."""
        return self.company_id == company.id


def language_of(words: str, by: Any) -> str:
    """The language somebody wrote in: the one it clearly is, or the one they use the site in."""
    return clear_language(words, LANGUAGES) or (by.interface_language if by else LANGUAGES[0])


PHOTO_SIZES = (96, 320)


def photo_url(key: str | None, size: int = 96) -> str | None:
    """The address of a photo kept under ``key``."""
    if not key:
        return None
    if key.endswith(".svg"):
        return storage.address(key)
    chosen = next((each for each in PHOTO_SIZES if each >= size), PHOTO_SIZES[-1])
    return storage.address(f"{key}/{chosen}.webp")


def shown(field: str, looking: Any) -> ColumnElement[bool]:
    """Whether members show one of FIELDS to ``looking``. A condition on Member."""
    audience = func.coalesce(Member.shown_to[field].as_string(), "everyone")
    if not looking.is_member:
        return audience == "everyone"
    return audience.in_(AUDIENCES)
