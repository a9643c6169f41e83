"""The cast enters: companies, people with their faces, groups and who belongs to them."""

from datetime import datetime, timedelta

from officine.blueprints.companies.commands import open_company, set_logo_drawing, speak_for
from officine.blueprints.groups.commands import (
    accept_request,
    invite,
    join,
    make_host,
    open_group,
    request_to_join,
)
from officine.blueprints.profiles.commands import describe_profile, set_photo_drawing
from officine.core.db import db
from officine.demo.stage import Stage, chance
from officine.demo.texts import Community, CompanyText, GroupText, PersonText
from officine.lib.company_marks import company_mark
from officine.lib.faces import Face, draw_face
from officine.models import Member, Membership

A_DAY = timedelta(days=1)
NO_PASSWORD = "!"
"""No password has this hash: one enters as the cast through the demonstration's bar."""


def introduce(stage: Stage, community: Community) -> None:
    """Companies and people, in the order in which they came."""
    people = sorted(community.people, key=lambda person: -person.joined_ago)
    founders = {person.company: person.joined_ago for person in reversed(people)}
    for company in sorted(community.companies, key=lambda each: -founders[each.slug]):
        _found(stage, company, stage.moment(founders[company.slug]))
    for person in people:
        _welcome(stage, person)


def _found(stage: Stage, company: CompanyText, at: datetime) -> None:
    opened = open_company(at=at, **vars(company))
    set_logo_drawing(opened, company_mark(company.name))
    stage.companies[company.slug] = opened


def _welcome(stage: Stage, person: PersonText) -> None:
    joined = stage.moment(person.joined_ago)
    member = Member(
        handle=person.handle,
        name=person.name,
        email=f"{person.handle}@example.org",
        password_hash=NO_PASSWORD,
        kind=person.kind,
        role=person.role,
        interface_language=person.interface,
        reads=person.reads,
        profile_language=person.language,
        joined_at=joined,
        consented_at=joined,
        confirmed_at=joined,
        shown_to={},
    )
    db.session.add(member)
    db.session.flush()
    describe_profile(
        member,
        job=person.job,
        place=person.place,
        country=person.country,
        sector=person.sector,
        about=person.about,
        offers=person.offers,
        seeks=person.seeks,
        language=person.language,
    )
    set_photo_drawing(member, draw_face(Face.of(person.face)))
    if person.company:
        speak_for(stage.companies[person.company], member)
    stage.people[person.handle] = member


def open_groups(stage: Stage, community: Community) -> None:
    """Groups in the order they were opened, then everyone who entered them."""
    for text in sorted(community.groups, key=lambda each: -each.created_ago):
        stage.groups[text.slug] = open_group(
            by=stage.people[text.host],
            at=stage.moment(text.created_ago),
            slug=text.slug,
            language=text.language,
            name=text.name,
            purpose=text.purpose,
            text=text.text,
            sectors=text.sectors,
            visibility=text.visibility,
            joining=text.joining,
        )
    first_words = _first_words(community)
    entries = sorted(
        (-_joined_ago(group, handle, community, first_words), group.slug, handle)
        for group in community.groups
        for handle in group.members
        if handle != group.host
    )
    for before, slug, handle in entries:
        _enter(stage, community.group[slug], handle, stage.at + before)


def _first_words(community: Community) -> dict[tuple[str, str], timedelta]:
    """How long ago each person first wrote in each group."""
    first: dict[tuple[str, str], timedelta] = {}
    for topic in community.topics:
        for post in topic.posts:
            place = (topic.group, post.author)
            first[place] = max(post.ago, first.get(place, post.ago))
    return first


def _joined_ago(
    group: GroupText,
    handle: str,
    community: Community,
    first_words: dict[tuple[str, str], timedelta],
) -> timedelta:
    """Some time after both were there, and before the person first wrote in the group."""
    earliest = min(group.created_ago, community.person[handle].joined_ago)
    latest = first_words.get((group.slug, handle), A_DAY * 5)
    return earliest - max(earliest - latest, timedelta()) * chance(group.slug, handle) ** 2


def _enter(stage: Stage, text: GroupText, handle: str, at: datetime) -> None:
    group, member, host = stage.groups[text.slug], stage.people[handle], stage.people[text.host]
    if text.joining == "request":
        accept_request(request_to_join(group, member, text="", at=at), by=host, at=at)
    else:
        if text.joining == "invitation":
            invite(group, member, by=host, at=at)
        join(group, member, at=at)
    if handle in text.hosts_too:
        db.session.flush()
        make_host(db.session.get_one(Membership, (group.id, member.id)))
