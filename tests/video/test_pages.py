"""The desk’s page of a video."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from officine.blueprints.video import queries
from officine.blueprints.video.commands.videos import begin_video
from officine.core.clock import now
from officine.core.db import db
from officine.models import Interview, Upload, Video, VideoStep
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
