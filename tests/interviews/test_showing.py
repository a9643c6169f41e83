"""The page of an interview: who sees it, in which language, and what it shows."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.forum.commands import open_topic
from officine.core.clock import now
from officine.core.db import db
from officine.models import CaptionTrack, Chapter, Correction, InterviewText, Release
from tests.interviews.making import made, release, say

PAGE = "/it/interviews/il-telaio"
EVERYWHERE = (
    PAGE, "/it/interviews", "/it/interviews.xml", "/it/podcast.xml", "/sitemap-it-1.xml", "/it/",
)  # fmt: skip


def linked(html: str) -> dict:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    return json.loads(data[1])


def test_a_visitor_finds_the_picture_the_chapters_and_the_words(world, visit):
    made(world)
    html = visit().get(PAGE, most_queries=24).text

    assert TITLE in html
    assert "media/f" in html and "plain.mp4" in html
    assert "Quanto costa insegnare" in html
    assert "Il secondo ti fa le domande giuste." in html
    assert 'srclang="es"' in html and "captions/es.vtt" in html
    assert "Colombo Tessuti" in html


def test_a_translation_that_is_being_made_silences_nothing(world, visit):
    interview = made(world)
    track = db.session.scalar(
        select(CaptionTrack).where(
            CaptionTrack.interview_id == interview.id, CaptionTrack.language == "es"
        )
    )
    track.cues[-1].text = ""
    db.session.commit()

    html = visit().get("/es/interviews/il-telaio").text
    assert "captions/es.vtt" not in html
    assert "Il secondo ti fa le domande giuste." in html
    assert "subtítulos en español" not in visit().get("/es/interviews").text


def test_a_member_and_an_editor_read_it_within_their_queries(world, visit):
    made(world)

    assert visit(world.teresa).get(PAGE, most_queries=30).status_code == 200
    assert visit(world.giulia).get(PAGE, most_queries=34).status_code == 200


@pytest.mark.parametrize("stage", ["idea", "review", "scheduled", "withdrawn"])
def test_what_is_not_published_is_found_nowhere(world, visit, stage):
    made(world, stage=stage)

    assert visit().get(PAGE).status_code == 404
    assert visit(world.teresa).get(PAGE).status_code == 404
    for url in EVERYWHERE[1:]:
        assert "il-telaio" not in visit().get(url, most_queries=30).text, url
    assert visit(world.giulia).get(PAGE, most_queries=34).status_code == 200


def test_a_release_that_is_withdrawn_or_over_takes_it_away_everywhere(world, visit):
    interview = made(world)
    for url in EVERYWHERE:
        assert "il-telaio" in visit().get(url, most_queries=30).text, url
    signed = db.session.scalars(select(Release)).one()

    signed.withdrawn_at = now()
    assert visit().get(PAGE).status_code == 404
    db.session.add(release(interview, world.giulia.id, until=now().date() - timedelta(days=1)))
    for url in EVERYWHERE[1:]:
        assert "il-telaio" not in visit().get(url, most_queries=30).text, url


def test_each_reader_gets_the_best_text_and_a_way_to_the_others(world, visit):
    made(world, texts=("it", "es"))

    spanish = visit(world.teresa).get("/es/interviews/il-telaio", most_queries=30).text
    assert "<h1>«Vendí el telar de mi padre»</h1>" in spanish
    assert "Ruth Adler" in spanish
    english = visit(world.emma).get("/en/interviews/il-telaio", most_queries=30).text
    assert f'<h1 lang="it">{TITLE}</h1>' in english
    assert "?text=es" in english and 'hreflang="it"' in english
    asked = visit(world.emma).get("/en/interviews/il-telaio?text=es", most_queries=30).text
    assert '<h1 lang="es">«Vendí el telar de mi padre»</h1>' in asked


def test_a_translation_of_an_earlier_revision_says_so(world, visit):
    interview = made(world)
    interview.revision = 2

    html = visit(world.emma).get("/en/interviews/il-telaio", most_queries=30).text
    assert "The original has changed since this translation was made." in html
    db.session.get_one(InterviewText, (interview.id, "en")).based_on = 2
    html = visit(world.emma).get("/en/interviews/il-telaio", most_queries=30).text
    assert "The original has changed" not in html


def test_an_address_names_a_second(world, visit):
    made(world)
    html = visit().get(f"{PAGE}?t=83", most_queries=24).text

    assert "plain.mp4#t=83" in html
    assert re.search(r'class="line is-current"[^>]*>Il primo anno', html)
    assert re.search(r'aria-current="true"><span class="figures">1:20', html)
    for odd in ("abc", "-1", "9" * 30, "1:23", "%00"):
        assert visit().get(f"{PAGE}?t={odd}", most_queries=24).status_code == 200


def test_the_transcript_is_read_in_the_language_one_chooses(world, visit):
    made(world)
    html = visit().get(f"{PAGE}?transcript=es", most_queries=24).text

    assert '<div class="turns" lang="es">' in html
    assert "El primer año un aprendiz te cuesta dinero." in html


def test_what_a_machine_wrote_is_for_the_desk_alone(world, visit):
    say(made(world), "en", is_draft=True)

    assert 'srclang="en"' not in visit(world.emma).get(PAGE, most_queries=30).text
    assert 'srclang="en"' in visit(world.giulia).get(PAGE, most_queries=34).text


def test_search_engines_are_told_of_the_video_and_its_chapters(world, visit):
    made(world)
    data = linked(visit().get(PAGE, most_queries=24).text)

    assert data["@type"] == "VideoObject"
    assert data["name"] == TITLE
    assert data["duration"] == "PT2M5S"
    assert data["thumbnailUrl"][0].startswith("http://officine.test/media/")
    assert data["contentUrl"].endswith("/plain.mp4")
    assert data["uploadDate"].endswith("+00:00")
    assert [clip["startOffset"] for clip in data["hasPart"]] == [0, 80]
    assert data["hasPart"][1]["endOffset"] == 125
    assert data["hasPart"][1]["url"].endswith("il-telaio?t=80")
    assert {each["inLanguage"] for each in data["caption"]} == {"it", "es"}
    assert "Il secondo ti fa le domande giuste." in data["transcript"]


def test_only_this_page_may_play_and_only_an_outside_one_may_frame(world, visit):
    made(world)
    made(world, "fuori", outside="https://www.youtube.com/watch?v=dQw4w9WgXcQ")

    own = visit().get(PAGE, most_queries=24).headers["Content-Security-Policy"]
    assert "media-src 'self' blob:" in own and "frame-src" not in own
    reply = visit().get("/it/interviews/fuori", most_queries=24)
    policy = reply.headers["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com" in policy and "media-src" not in policy
    assert "<iframe" not in reply.text
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in reply.text
    assert "blob:" not in visit().get("/it/interviews").headers["Content-Security-Policy"].replace(
        "img-src 'self' data: blob:", ""
    )


def test_the_chapters_are_captions_of_their_own(world, visit):
    made(world)
    reply = visit().get(f"{PAGE}/chapters.vtt")

    assert reply.mimetype == "text/vtt"
    assert reply.text.startswith("WEBVTT\n\n00:00:00.000 --> 00:01:20.000\nIl telaio")
    assert "00:01:20.000 --> 00:02:05.000" in reply.text


def test_an_interview_needs_no_chapters(world, visit):
    interview = made(world)
    interview.chapters.clear()
    db.session.commit()

    page = visit().get("/it/interviews/il-telaio")
    assert page.status_code == 200
    assert 'class="chapters"' not in page.text
    assert visit().get("/it/interviews/il-telaio/chapters.vtt").text == "WEBVTT\n"


def test_corrections_are_dated_and_shown(world, visit):
    interview = made(world)
    db.session.add(
        Correction(
            interview_id=interview.id, at=now(), by_id=world.giulia.id,
            text="Sono 46 persone, non 64.", language="it",
        )
    )  # fmt: skip

    assert "Sono 46 persone, non 64." in visit().get(PAGE, most_queries=24).text


def test_others_like_it_stand_below(world, visit):
    made(world)
    made(world, "altra", texts=("it",), captions=("it",))

    assert "/it/interviews/altra" in visit().get(PAGE, most_queries=30).text


# Discussing


def test_an_editor_begins_the_discussion_and_members_that_of_a_chapter(world, visit, settle):
    interview = made(world)
    chapter = db.session.scalars(select(Chapter).order_by(Chapter.starts_ms)).all()[1]
    url = f"{PAGE}/chapters/{chapter.id}/topic"
    assert visit(world.marta).post(url, text="Da noi torna al terzo anno.").status_code == 403

    topic = open_topic(
        world.export, by=world.marta, title="L’intervista", text="Parliamone qui.", at=now()
    )
    interview.topic_id = topic.id
    assert (
        "Quanto costa insegnare»</span></summary>"
        in visit(world.teresa).get(PAGE, most_queries=40).text
    )
    assert visit().post(url, text="Ciao").status_code == 303
    assert visit(world.teresa).post(url, text="  ", most_queries=90).status_code == 422
    reply = visit(world.teresa).post(url, text="Da noi torna al terzo anno.", most_queries=90)
    assert reply.status_code == 303
    again = db.session.get_one(Chapter, chapter.id, populate_existing=True)
    assert again.topic_id is not None
    assert visit(world.emma).post(url, text="Another.").location.endswith(str(again.topic_id))


def test_the_desk_begins_the_discussion_in_a_group_it_belongs_to(world, visit):
    interview = made(world)
    url = f"/it/desk/interviews/{interview.id}/topic"

    assert visit().post(url, text="x").status_code == 303
    assert visit(world.teresa).post(url, text="x").status_code == 404
    assert visit(world.giulia).post(url, group="export-e-dogane", text="").status_code == 422


TITLE = "«Ho venduto il telaio di mio padre»"
