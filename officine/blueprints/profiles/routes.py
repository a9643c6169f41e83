"""Profiles over HTTP."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from officine.blueprints.companies.queries import company_called, company_names
from officine.blueprints.events.queries import parts_of_member
from officine.blueprints.followup.queries import where_they_met
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.production.queries import follows
from officine.blueprints.profiles import commands, policy, queries
from officine.blueprints.profiles.forms import FORMS, SectionForm
from officine.blueprints.profiles.search import people_search
from officine.core.asked import asked_languages, asked_words, one_of, page_number
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.htmx import done, is_partial, page
from officine.core.limits import seconds_to_wait, too_often
from officine.core.permission import allow
from officine.core.pictures import BadPicture, keep_squares, open_picture
from officine.core.reading import reading_order
from officine.core.session import viewer
from officine.core.words import countries
from officine.lib.sectors import SECTORS
from officine.models import Member
from officine.models.member import KINDS, PHOTO_SIZES

profiles = Blueprint("profiles", __name__)

MOST_TOPICS = 5
MOST_HANDLES = "5 per day"
MOST_PHOTOS = "20 per hour"


@profiles.get("/people")
def index() -> Response:
    words = asked_words()
    chosen = asked_languages()
    languages = chosen or tuple(viewer().reads)
    found = people_search(viewer(), words, languages, unfinished=True) if words else None
    wanted = queries.Wanted(
        languages=languages,
        kind=one_of(KINDS, "kind"),
        sector=one_of(SECTORS, "sector"),
        country=one_of(dict(countries()), "country"),
        order=one_of(queries.ORDERS, "order") or queries.ORDERS[0],
        page=page_number(),
        found=found.ids_or(lambda: queries.people_named(viewer(), words)) if found else None,
    )
    listed = queries.listed_people(viewer(), wanted)
    if not listed.people and wanted.page > 1:
        abort(404)
    return page(
        "profiles/index.html",
        part="people",
        is_piece=is_partial(),
        words=words,
        wanted=wanted,
        listed=listed,
        left=max(0, listed.total - wanted.page * queries.PAGE),
        suggestion=found.suggestion if found else None,
        index_heals=bool(found and found.heals),
    )


@profiles.get("/people/<handle>")
def show(handle: str) -> Any:
    member = queries.find_member(handle, viewer())
    if member is None:
        return _moved(handle)
    return page("profiles/show.html", part="profile", **_profile_page(member))


@profiles.get("/people/<handle>/edit/<section>")
def edit(handle: str, section: str) -> Response:
    member = _member(handle)
    form_class = FORMS.get(section) or abort(404)
    allow(policy.may_edit(viewer(), member))
    return _editing(member, section, form_class.of(member))


@profiles.post("/people/<handle>/edit/<section>")
def save(handle: str, section: str) -> Any:
    member = _member(handle)
    form_class = FORMS.get(section) or abort(404)
    allow(policy.may_edit(viewer(), member))

    form = form_class()
    if not form.validate() or not _SAVES[section](member, form):
        return _editing(member, section, form), 422

    commands.show_to(member, form.audiences())
    flash(_("Saved."), "success")
    here = url_for(".show", handle=member.handle, _anchor=ANCHORS.get(section, section))
    if handle != member.handle:
        return done(here)
    fresh = _profile_page(member) | {"saved": section}
    return done(here, "profiles/show.html", part="profile", **fresh)


def _save_photo(member: Member, form: SectionForm) -> bool:
    if request.form.get("remove"):
        commands.set_photo(member, None)
        return True
    if not form.photo.data:
        return True
    try:
        if refused := too_often((MOST_PHOTOS, f"photos:{member.id}")):
            raise BadPicture(refused)
        picture = open_picture(form.photo.data)
    except BadPicture as problem:
        form.photo.errors = [str(problem)]
        return False
    commands.set_photo(member, keep_squares(picture, "photos", PHOTO_SIZES))
    return True


def _save_presentation(member: Member, form: SectionForm) -> bool:
    fields = ("name", "job", "company_name", "place", "country", "sector")
    commands.describe_profile(member, **{name: form[name].data or "" for name in fields})
    return True


def _save_needs(member: Member, form: SectionForm) -> bool:
    commands.describe_profile(
        member,
        seeks=form.seeks.data or "",
        offers=form.offers.data or "",
        language=form.language.data or "",
    )
    return True


def _save_about(member: Member, form: SectionForm) -> bool:
    commands.describe_profile(
        member, about=form.about.data or "", language=form.language.data or ""
    )
    return True


def _save_languages(member: Member, form: SectionForm) -> bool:
    commands.read_languages(member, form.reads.data)
    return True


def _save_address(member: Member, form: SectionForm) -> bool:
    if form.handle.data == member.handle:
        return True
    if seconds_to_wait((MOST_HANDLES, f"handle:{member.id}")):
        form.handle.errors = [_("You have changed it often today. Try again tomorrow.")]
        return False
    try:
        commands.change_handle(member, form.handle.data)
    except commands.HandleTaken:
        form.handle.errors = [_("This @name belongs to somebody else. Choose another.")]
        return False
    return True


_SAVES: dict[str, Callable[[Member, Any], bool]] = {
    "photo": _save_photo,
    "presentation": _save_presentation,
    "needs": _save_needs,
    "about": _save_about,
    "languages": _save_languages,
    "groups": lambda member, form: True,
    "address": _save_address,
}

# The part of the page in which a section stands, where it is not called the same.
ANCHORS = {"photo": "presentation"}


def _member(handle: str) -> Member:
    return queries.find_member(handle, viewer()) or abort(404)


def _moved(handle: str) -> Any:
    """A handle that a member used to have leads to the present one."""
    present = queries.present_handle(handle, viewer()) or abort(404)
    return redirect(url_for("profiles.show", handle=present), 301)


def _editing(member: Member, section: str, form: SectionForm) -> Response:
    names = company_names() if section == "presentation" else []
    return page(
        "profiles/show.html",
        part="profile",
        **_profile_page(member, section, form),
        company_names=names,
    )


def _profile_page(
    member: Member, editing: str = "", form: SectionForm | None = None
) -> dict[str, Any]:
    mine = member.id == viewer().id
    public = queries.profile_of(member, queries.EVERYONE)
    # What they wrote in a group names it, and would tell what they do not show.
    shows_groups = mine or member.shows("groups", viewer())
    unlinked = mine and member.company is None and member.company_name
    return {
        "member": member,
        "profile": queries.profile_of(member, viewer()),
        "public": public,
        "linked_data": _linked_data(member, public),
        "mine": mine,
        "meetings": where_they_met(viewer(), member, reading_order()),
        "followed": not mine and follows(viewer(), "person", member.id),
        "editing": editing,
        "saved": "",
        "form": form,
        "missing": _missing(member) if mine else [],
        "company_with_page": company_called(member.company_name) if unlinked else None,
        "groups": queries.groups_of(member, viewer()),
        "parts": parts_of_member(member, viewer(), reading_order(), now()),
        "topics": forum_queries.topics_by(member, viewer(), MOST_TOPICS) if shows_groups else [],
        "helpful": queries.helpful_answers(member, viewer()) if shows_groups else [],
        "help": queries.help_of(member, viewer()),
    }


def _missing(member: Member) -> list[tuple[str, str]]:
    """What a member has not told yet: the section to edit, and its name in the sentence."""
    wanted = (
        ("needs", member.seeks, pgettext("still missing", "what you look for")),
        ("needs", member.offers, pgettext("still missing", "what you offer")),
        ("about", member.about, pgettext("still missing", "a few words about your work")),
        ("photo", member.photo_key, pgettext("still missing", "a photo")),
        ("presentation", member.job, pgettext("still missing", "your role")),
        ("presentation", member.firm, pgettext("still missing", "your company")),
        ("presentation", member.place, pgettext("still missing", "your town")),
    )
    return [(section, name) for section, value, name in wanted if not value]


def _linked_data(member: Member, public: queries.Profile) -> dict[str, Any]:
    """The member for search engines: only what is shown to everyone."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": public.name,
        "url": public_url("profiles.show", handle=public.handle),
        "knowsLanguage": list(member.reads),
    }
    if public.photo:
        data["image"] = current_app.config["PUBLIC_URL"] + public.photo
    if public.job:
        data["jobTitle"] = public.job
    if public.firm:
        data["worksFor"] = {"@type": "Organization", "name": public.firm}
        if public.company:
            data["worksFor"]["url"] = public_url("companies.show", slug=public.company.slug)
    if public.place or public.country:
        data["address"] = {"@type": "PostalAddress"}
        if public.place:
            data["address"]["addressLocality"] = public.place
        if public.country:
            data["address"]["addressCountry"] = public.country
    if public.about:
        data["description"] = public.about
    return data
