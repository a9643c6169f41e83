"""What speaks for an editor reading a post before its readers do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from officine.core.context import public_host
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.lib import spam
from officine.lib.disposable import disposable_domain
from officine.lib.markdown import render
from officine.lib.words import folded_words
from officine.models import Group, Member, Membership, Post, Topic
from officine.models.case import Signals
from officine.models.document import words_of
from officine.models.member import STAFF
from officine.models.screening import Screening, screening

RECENT = timedelta(days=14)
MOST_OF_OWN = 20
MOST_OF_OTHERS = 60
"""With so many recent posts a text is compared."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text as somebody is about to write it."""

    by: Member
    group: Group
    text: str
    html: str
    language: str
    at: datetime
    title: str = ""
    post_id: int | None = None
    """The post whose words it would become, where there is one."""

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.title}\n{self.text}".strip()


def held_for(written: Written) -> Signals:
    """Why a new post waits for an editor; nothing where it need not. Those who look after the
    group, or work in the desk, answer for themselves.
    """
    if _answers_for_itself(written):
        return []
    limits = screening()
    posts, lately = _written_by(written, limits)
    found = _standing(written, limits, posts)
    found += _wording(written, limits, posts)
    if lately >= limits.most_posts:
        found.append({"name": "pace", "value": lately + 1})
    return found


def held_for_edit(written: Written, post: Post) -> Signals:
    """Why other words for a published post wait for an editor. What was in it before is no
    reason.
    """
    before = Written(
        written.by, written.group, post.text, post.html, post.language, written.at, "", post.id
    )
    return _held_for_change(written, before, post.written_at)


def held_for_title(topic: Topic, title: str, *, by: Member, at: datetime) -> Signals:
    """Why somebody cannot give a published topic another title by themselves, likewise."""
    written, before = (
        Written(by, topic.group, words, render(words), topic.language, at)
        for words in (title, topic.title)
    )
    return _held_for_change(written, before, topic.opened_at)


def _held_for_change(written: Written, before: Written, since: datetime) -> Signals:
    if _answers_for_itself(written):
        return []
    limits = screening()
    posts, _lately = _written_by(written, limits)
    found = _standing(written, limits, posts)
    known = {each["name"]: each for each in _wording(before, limits, posts)}
    found += [
        each
        for each in _wording(written, limits, posts)
        if each["name"] not in known or _is_more(each, known[each["name"]])
    ]
    host = public_host()
    added = set(spam.links_in(written.html, host)) - set(spam.links_in(before.html, host))
    if added and since < written.at - timedelta(hours=limits.old_hours):
        found.append({"name": "edit", "value": len(added)})
    return found


def _answers_for_itself(written: Written) -> bool:
    if written.by.is_staff:
        return True
    membership = db.session.get(Membership, (written.group.id, written.by.id))
    return membership is not None and membership.is_host


def _standing(written: Written, limits: Screening, posts: int) -> Signals:
    """What lies in who writes, and where."""
    found: Signals = []
    if written.by.sanction("restrict", written.at):
        found.append({"name": "restricted"})
    if posts < limits.first_posts:
        found.append({"name": "first", "value": posts + 1})
    if written.group.approves == "all":
        found.append({"name": "group"})
    if written.group.approves == "newcomers" and posts < limits.newcomer_posts:
        found.append({"name": "newcomer", "value": posts + 1})
    return found


def _wording(written: Written, limits: Screening, posts: int) -> Signals:
    """What lies in the text."""
    found: Signals = []
    if words := _listed_words(written):
        found.append({"name": "words", "value": ", ".join(words[:5])})
    links = len(spam.links_in(written.html, public_host()))
    if links > limits.most_links:
        found.append({"name": "links", "value": links})
    signals = _spam(written, posts)
    total = spam.points(signals)
    if total >= limits.most_points:
        found.append({"name": "spam", "value": total})
        found += [
            {"name": each.name, "value": each.value, "points": each.points} for each in signals
        ]
    return found


def _is_more(signal: dict[str, Any], before: dict[str, Any]) -> bool:
    value, earlier = signal.get("value"), before.get("value")
    if isinstance(value, int) and isinstance(earlier, int):
        return value > earlier
    return bool(value != earlier)


def _listed_words(written: Written) -> list[str]:
    """The words and phrases of our lists that stand in the text, whole."""
    text = f" {' '.join(folded_words(written.words))} "
    languages = dict.fromkeys((written.language, written.group.language))
    listed = {
        word: spaced
        for language in languages
        for word, spaced in _spaced(tuple(words_of(language)))
    }
    return [word for word, spaced in listed.items() if spaced in text]


@lru_cache(maxsize=16)
def _spaced(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The words of a list as a text holds them: folded once for each edition of the list."""
    folded = ((word, " ".join(folded_words(word))) for word in words)
    return tuple((word, f" {each} ") for word, each in folded if each)


def _spam(written: Written, posts: int) -> list[spam.Signal]:
    by = written.by
    writer = spam.Writer(
        days=max(0, (written.at - by.joined_at).days),
        posts=posts,
        reads=by.reads,
        disposable=disposable_domain(by.email),
    )
    if writer.is_new:
        writer = spam.Writer(
            writer.days, posts, by.reads, writer.disposable, resembles=_looks_like(by)
        )
    copies, echoes = _copies(written, writer.is_new)
    return spam.score(
        written.words, written.html, writer, language=written.group.language,
        languages=LANGUAGES, copies=copies, echoes=echoes, own_host=public_host(),
    )  # fmt: skip


def _copies(written: Written, is_new: bool) -> tuple[int, int]:
    """In how many recent posts the text stands already: of the same member, and where they are
    new, of others.
    """
    if not spam.shingles(written.text):
        return 0, 0
    known = {"since": written.at - RECENT, "whose": written.by.id, "but": written.post_id or 0}
    copies = spam.copies_of(written.text, db.session.scalars(_recent_texts(own=True), known))
    if not is_new:
        return copies, 0
    others = db.session.scalars(_recent_texts(own=False), known)
    return copies, spam.copies_of(written.text, others)


@cache
def _recent_texts(own: bool) -> Select[str]:
    """Put together once: each post is compared with them."""
    writer: BindParameter[int] = bindparam("whose")
    return (
        select(Post.text)
        .where(
            Post.written_at > bindparam("since"),
            Post.deleted_at.is_(None),
            Post.id != bindparam("but"),
            Post.author_id == writer if own else Post.author_id != writer,
        )
        .order_by(Post.id.desc())
        .limit(MOST_OF_OWN if own else MOST_OF_OTHERS)
    )


def _looks_like(by: Member) -> str:
    """Somebody whose name a newcomer’s looks like but is not; of the editorial team also who is
    called just so. Two people may have one name: that alone is no sign.
    """
    mine = spam.skeleton(by.name)
    plain = " ".join(folded_words(by.name))
    if len(mine) < 5:
        return ""
    names = db.session.execute(
        select(Member.name, Member.role)
        .where(Member.id != by.id, Member.left_at.is_(None), Member.confirmed_at.is_not(None))
        .where(func.length(Member.name).between(len(by.name) - 3, len(by.name) + 3))
    )
    for name, role in names:
        if spam.skeleton(name) != mine:
            continue
        if role in STAFF or " ".join(folded_words(name)) != plain:
            return str(name)
    return ""


def _written_by(written: Written, limits: Screening) -> tuple[int, int]:
    """How many posts of the member readers have been able to see, and how many the member has
    written within the minutes that count.
    """
    since = written.at - timedelta(minutes=limits.within_minutes)
    when = {"whose": written.by.id, "since": since, "until": written.at}
    published, lately = db.session.execute(_counts_of_posts(), when).one()
    return published, lately


@cache
def _counts_of_posts() -> Select[int, int]:
    lately = Post.written_at.between(bindparam("since"), bindparam("until"))
    return (
        select(func.count(Post.published_at), func.count().filter(lately))
        .select_from(Post)
        .where(Post.author_id == bindparam("whose"))
    )
