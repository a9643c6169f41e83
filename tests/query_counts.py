"""How many queries each page may make: what it needs with the cast of the tests, and one more.

A page that asks once for each row of a list needs more as soon as there are two rows; then it is
mended, not its number. Where a page honestly needs another query, its line here says so.
"""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

OTHERWISE = 8
"""Of an address that is no page’s own, such as one that leads to a language."""
SPARE = 1
_PAGES = {
    0: """
        accounts.reset_sent accounts.sign_up_sent attendance.door_worker dist files.show
        health.alive interviews.cover site.favicon site.icon site.manifest sitemap.robots
    """,
    1: """
        accounts.change_address accounts.confirm accounts.keep_address accounts.reset
        accounts.sign_in accounts.sign_up entrance.open_door site.share
    """,
    2: """
        attendance.mailed demo.letter_html desk.received events.feed feeds.group forum.news
        notifications.unsubscribe sitemap.index video.media
    """,
    3: """
        captions.track companies.edit companies.new desk.report_something forum.names groups.new
        guests.copy guests.release health.ready notifications.bell notifications.show
        outsiders.show style.error style.show texts.new_announcement texts.new_reason
    """,
    4: """
        about.show accounts.ask_confirmation accounts.ask_reset accounts.confirmation_sent
        captions.give_out desk.ask_merge events.file forum.arrivals forum.quote
        groups.new_declining guests.questions planning.new production.release_pdf
        search.suggestions settings.address settings.data settings.index settings.password
        texts.show texts.welcome
    """,
    5: """
        attendance.by_mail companies.new_refusal demo.letter desk.ask_slow desk.ask_split
        desk.decide_topic desk.report_person desk.report_post desk.report_question
        forum.choose_group forum.edit_title forum.picture groups.edit groups.proposed
        interviews.feed interviews.podcast openness.log planning.mine production.new
        settings.leave settings.sessions texts.edition texts.suggest texts.version
        texts.versions
    """,
    6: """
        attendance.ticket calendars.event_file calendars.feed calendars.personal_feed
        companies.index companies.new_request demo.letters desk.ask_lift desk.ask_move
        feedback_by_link.show forum.screening groups.new_removal groups.new_request
        interviews.chapters planning.cancel planning.move planning.pictures planning.postpone
        profiles.index sitemap.show texts.change texts.edit
    """,
    7: """
        attendance.new_refusal calendars.member_feed calendars.mine captions.choose_file
        desk.decide_post desk.report groups.new_refusal interviews.asked interviews.index
        notifications.index planning.materials planning.people planning.text
        production.questions production.release texts.index
    """,
    8: """
        audit.index calendars.preview captions.preview_replacement desk.fresh_queue forum.new
        openness.statements_json openness.transparency_csv planning.dates planning.edit
        production.edit
    """,
    9: """
        attendance.at_door attendance.badges attendance.door calendars.choose_calendar
        followup.met forum.ask_deletion forum.post interviews.new_answer openness.figures
        openness.statements_csv production.text
    """,
    10: "attendance.registration followup.feedback forum.edit profiles.edit",
    11: """
        attendance.people_file companies.show desk.decide_person desk.decision groups.index
        production.index video.show
    """,
    12: "followup.follow_up openness.transparency profiles.show",
    13: """
        attendance.people events.discussion events.index planning.details rota.index
        settings.standing
    """,
    14: "captions.edit captions.index followup.figures",
    15: "forum.show production.show search.show",
    16: "home.show production.preview",
    17: "forum.history groups.people interviews.show",
    18: "settings.data_json settings.data_zip",
    20: "events.show groups.show",
    29: "desk.index",
    34: "desk.case",
}
"""The pages by what they need. The desk shows the queue, a case, and all that an editor weighs
before deciding; an event its programme with who speaks, its partners, who organises it and who
goes, and the discussion; what one takes away comes from every feature, in one query or two from
each.
"""
NEEDED = {page: number for number, pages in _PAGES.items() for page in pages.split()}


def endpoint_of(app: Flask, url: str) -> str | None:
    """The name of the page at an address, if it is one of ours that can be fetched."""
    parts = urlsplit(url)
    if parts.netloc or parts.scheme:
        return None
    try:
        return app.url_map.bind("officine.test").match(parts.path, method="GET")[0]
    except RequestRedirect:
        return None
    except HTTPException:
        return None


def stated_for(app: Flask, url: str) -> int:
    """How many queries the page at an address may make."""
    return NEEDED.get(endpoint_of(app, url) or "", OTHERWISE) + SPARE
