"""The desk’s page of a video."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from officine.blueprints.video import queries
from officine.blueprints.video.commands.videos import begin_video, take_away, take_place
from officine.blueprints.video.events import VideoReady, VideoStopped
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Interview, Notification, Upload, Video, VideoStep
from tests.video.conftest import Films, Sender
from tests.visits import Visit
from tests.world import World


def address(interview: Interview, rest: str = "") -> str:
    return f"/it/desk/interviews/{interview.id}/video{rest}"


def film_of(interview: Interview) -> Video:
    db.session.expire_all()
    film = queries.video_of(interview)
    assert film is not None
    return film


def test_the_page_takes_a_file_or_an_address(
    visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    page = visit(world.giulia).get(address(interview)).get_data(as_text=True)

    assert 'data-tus="' in page and 'type="file"' in page and 'name="address"' in page


def test_only_editors_find_the_page(
    visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    assert visit(world.marta).get(address(interview)).status_code == 404
    assert visit().get(address(interview)).status_code == 303
    assert (
        visit(world.giulia).get(address(interview).replace(str(interview.id), "999")).status_code
        == 404
    )


def test_a_small_file_comes_without_scripts(
    visit: Callable[..., Visit], world: World, interview: Interview, films: Films,
    settle: Callable[[], None],
) -> None:  # fmt: skip
    editor = visit(world.giulia)
    reply = editor.post(address(interview, "/file"), file=(BytesIO(b"no film"), "a.mp4"))
    assert reply.status_code == 303
    settle()

    page = editor.get(address(interview)).get_data(as_text=True)
    assert "a.mp4" in page and film_of(interview).why_refused == "not-video"
    assert editor.post(address(interview, "/file")).status_code == 422


def test_an_outside_video_needs_an_address_that_we_know(
    visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    editor = visit(world.giulia)
    url = address(interview, "/outside")

    assert editor.post(url, address="https://evil.example/watch?v=abc").status_code == 422
    assert editor.post(url, address="https://youtu.be/dQw4w9WgXcQ").status_code == 303
    film = film_of(interview)
    assert (film.outside, film.state) == ("youtube", "ready")
    assert "www.youtube.com/watch" in editor.get(address(interview)).get_data(as_text=True)


def test_a_picture_of_our_own_opens_the_page(
    visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    editor = visit(world.giulia)
    editor.post(address(interview, "/outside"), address="https://vimeo.com/76979871")
    picture = BytesIO()
    Image.new("RGB", (64, 36), "red").save(picture, "PNG")
    picture.seek(0)

    reply = editor.post(address(interview, "/picture"), picture=(picture, "a.png"))

    assert reply.status_code == 303
    db.session.expire_all()
    key = interview.poster_key
    assert key and key.startswith(f"media/{film_of(interview).folder}/")
    assert editor.get(f"/{key}").mimetype == "image/webp"
    refused = editor.post(address(interview, "/picture"), picture=(BytesIO(b"x"), "a.png"))
    assert refused.status_code == 422


def test_a_failed_step_is_told_and_run_again(
    visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    upload = Upload(
        id="one", interview_id=interview.id, by_id=world.giulia.id, filename="a.mp4", size=1,
        began_at=now(), last_at=now(), finished_at=now(),
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    film = begin_video(upload, at=now())
    film.state, film.steps[0].state, film.steps[0].error = "failed", "failed", "no-ffmpeg"
    film.steps.append(VideoStep(position=1, name="hls-720"))
    db.session.commit()
    editor = visit(world.giulia)

    assert "FFmpeg" in editor.get(address(interview)).get_data(as_text=True)
    step_id = film_of(interview).steps[0].id
    assert editor.post(address(interview, f"/steps/{step_id}/runs")).status_code == 303
    film = film_of(interview)
    assert (film.state, film.steps[0].state, film.steps[0].error) == ("working", "waiting", "")
    again = editor.htmx_get(address(interview)).get_data(as_text=True)
    assert again.lstrip().startswith('<div id="progress" data-hx-get')


def test_an_unfinished_upload_can_be_forgotten(
    visit: Callable[..., Visit], world: World, interview: Interview, sender: Sender
) -> None:
    url = sender.announce(100, "lunga.mp4")
    editor = visit(world.giulia)
    assert "lunga.mp4" in editor.get(address(interview)).get_data(as_text=True)

    upload_id = url.rpartition("/")[2]
    assert editor.post(address(interview, f"/uploads/{upload_id}/removal")).status_code == 303
    assert "lunga.mp4" not in editor.get(address(interview)).get_data(as_text=True)


def test_a_video_taken_away_leaves_nothing(
    visit: Callable[..., Visit], world: World, interview: Interview, settle: Callable[[], None]
) -> None:
    editor = visit(world.giulia)
    editor.post(address(interview, "/outside"), address="https://vimeo.com/76979871")
    assert editor.post(address(interview, "/removal")).status_code == 303
    settle()
    assert queries.video_of(interview) is None
    assert editor.post(address(interview, "/removal")).status_code == 404


def ready(interview: Interview) -> Video:
    """A video that is shown, with pictures of it."""
    film = Video(
        interview_id=interview.id, folder="before", state="ready", filename="prima.mp4",
        duration_ms=1000, width=320, height=180, posters=3, made_at=now(),
    )  # fmt: skip
    db.session.add(film)
    interview.poster_key = "media/before/poster-2.webp"
    db.session.commit()
    storage.put("media/before/plain.mp4", b"before")
    return film


def arrived(interview: Interview, name: str = "dopo.mp4") -> Video:
    """Another file, on which the worker begins."""
    upload = Upload(
        id=name, interview_id=interview.id, by_id=interview.owner_id, filename=name, size=1,
        began_at=now(), last_at=now(), finished_at=now(),
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    film = begin_video(upload, at=now())
    film.state, film.posters = "working", 5
    db.session.commit()
    return film


def test_the_video_that_is_there_stays_until_the_next_one_is_ready(
    visit: Callable[..., Visit], world: World, interview: Interview, settle: Callable[[], None]
) -> None:
    before, own = ready(interview), "media/before/own.webp"
    interview.poster_key = own
    storage.put(own, b"chosen by hand")
    after = arrived(interview)
    editor = visit(world.giulia)

    page = editor.get(address(interview)).get_data(as_text=True)
    assert "prima.mp4" in page and "dopo.mp4" in page
    assert film_of(interview) == before and queries.next_video_of(interview) == after
    assert editor.get("/media/before/plain.mp4").data == b"before"

    take_place(after, interview, before)
    db.session.commit()
    settle()
    assert film_of(interview) == after and queries.next_video_of(interview) is None
    assert interview.poster_key == f"media/{after.folder}/own.webp"
    assert storage.get(interview.poster_key) == b"chosen by hand"
    assert storage.keys_under("media/before") == []


def test_a_picture_of_the_video_before_goes_with_it(interview: Interview) -> None:
    before, after = ready(interview), arrived(interview)

    take_place(after, interview, before)

    assert interview.poster_key == f"media/{after.folder}/poster-3.webp"


def test_what_is_shown_stays_when_the_next_file_is_refused_or_let_go(
    visit: Callable[..., Visit], world: World, interview: Interview, settle: Callable[[], None]
) -> None:
    before, editor = ready(interview), visit(world.giulia)
    editor.post(address(interview, "/file"), file=(BytesIO(b"no film"), "testo.mp4"))
    settle()

    page = editor.get(address(interview)).get_data(as_text=True)
    assert "testo.mp4" in page and "prima.mp4" in page
    refused = queries.next_video_of(interview)
    assert refused is not None and refused.state == "refused"
    assert film_of(interview) == before

    again = arrived(interview)
    assert queries.next_video_of(interview) == again
    assert editor.post(address(interview, "/next/removal")).status_code == 303
    assert editor.post(address(interview, "/next/removal")).status_code == 404
    assert queries.next_video_of(interview) is None and film_of(interview) == before


def test_the_next_one_stands_in_when_the_video_is_taken_away(interview: Interview) -> None:
    before, after = ready(interview), arrived(interview)

    take_away(before, by=interview.owner)
    db.session.commit()

    assert film_of(interview) == after and interview.poster_key is None


def test_a_video_that_is_shown_is_not_worked_on_again(
    visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    film, editor = ready(interview), visit(world.giulia)
    film.steps.append(VideoStep(position=0, name="probe", state="ready"))
    db.session.commit()

    editor.post(address(interview, f"/steps/{film.steps[0].id}/runs"))

    assert "non si può ripetere" in editor.get(address(interview)).get_data(as_text=True)
    assert film_of(interview).state == "ready"


def test_whoever_looks_after_the_interview_hears_how_it_went(
    visit: Callable[..., Visit], world: World, interview: Interview, settle: Callable[[], None]
) -> None:
    film = arrived(interview)
    record(VideoStopped(film.steps[0].id, 1))
    film.state = "failed"
    db.session.commit()
    settle()
    film.state = "ready"
    record(VideoReady(film.id))
    db.session.commit()
    settle()

    editor = visit(world.giulia)
    page = editor.get("/it/notifications").get_data(as_text=True)
    assert "Il video dell’intervista a Marta Colombo è pronto" in page
    assert "si è fermato" in page
    first = db.session.scalars(select(Notification.id).order_by(Notification.id.desc())).first()
    there = editor.get(f"/it/notifications/{first}").headers["Location"]
    assert there == address(interview)
