"""The video of an interview over HTTP: the desk’s page, uploads in pieces, and the files."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from officine.blueprints.video import policy, queries
from officine.blueprints.video.commands import uploads, videos
from officine.blueprints.video.commands.uploads import LARGEST_FILE, LARGEST_PIECE
from officine.blueprints.video.forms import FileForm, OutsideForm, PictureForm
from officine.core import ffmpeg
from officine.core.clock import now
from officine.core.config import Settings
from officine.core.htmx import done, page
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.pictures import BadPicture, keep_picture, open_picture
from officine.core.session import viewer
from officine.core.streaming import stream
from officine.lib.moments import clock
from officine.lib.outside_video import recognise
from officine.models import Interview, Upload, Video, VideoStep

video = Blueprint("video", __name__)

INTERVIEW = "/desk/interviews/<int:interview_id>/video"
WORKING = ("waiting", "working")

POSTER_SIDE = 1920

KINDS = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mp4": "video/mp4",
    "m4s": "video/iso.segment",
    "m4a": "audio/mp4",
    "vtt": "text/vtt",
    "webp": "image/webp",
}

SERVICES = {"youtube": "YouTube", "vimeo": "Vimeo", "peertube": "PeerTube"}

WHY_REFUSED = {
    "empty": _l("The file is empty. Choose it again, or export it anew from your editing program."),
    "not-video": _l("This is not a video file, whatever its name says. We take MP4, MOV and WebM."),
    "truncated": _l("The end of the file is missing. Export or copy it again, then upload it."),
    "no-picture": _l("There is only sound in this file. An interview here needs pictures too."),
    "broken": _l("The file cannot be played: it is damaged. Export it again, then upload it."),
    "codec": _l(
        "The pictures or the sound are written in a way we do not read. Export the video as MP4 "
        "with H.264 and AAC."
    ),
    "size": _l("The picture is smaller than 16 or larger than 8192 pixels on a side."),
    "too-long": _l("The video lasts more than six hours. Cut it, then upload it again."),
    "too-many-streams": _l("The file holds more than 32 tracks. Export it with one of each."),
}
WHY_FAILED = {
    "no-ffmpeg": _l(
        "FFmpeg is missing on the server: whoever runs it installs it. Then run the step again."
    ),
    "too-slow": _l("The step took too long and was stopped. Run it again."),
    "workers-died": _l(
        "The server stopped several times during this step. Whoever runs it finds out why in the "
        "log; then run it again."
    ),
}


@video.get(INTERVIEW)
def show(interview_id: int) -> Response:
    return _page(_interview(interview_id))


@video.post(f"{INTERVIEW}/file")
def upload_file(interview_id: int) -> Any:
    interview = _interview(interview_id)
    form = FileForm()
    if not form.validate():
        return _page(interview, file_form=form), 422

    file: FileStorage = form.file.data
    uploads.upload_at_once(
        interview, by=viewer(), at=now(), filename=file.filename or "", data=file.read()
    )
    flash(_("The file has arrived. The worker looks at it now."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/steps/<int:step_id>/runs")
def run_again(interview_id: int, step_id: int) -> Any:
    interview = _interview(interview_id)
    film, step = _step(interview, step_id)
    try:
        videos.run_again(step, film, by=viewer())
    except videos.CannotRunAgain:
        flash(_("This step cannot be run again now."), "error")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/poster")
def choose_poster(interview_id: int) -> Any:
    interview = _interview(interview_id)
    film = queries.video_of(interview) or abort(404)
    number = request.form.get("number", "")
    if number not in [str(each) for each in range(1, film.posters + 1)]:
        abort(404)
    videos.choose_poster(film, int(number))
    flash(_("This picture opens the page now."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/picture")
def upload_poster(interview_id: int) -> Any:
    interview = _interview(interview_id)
    film = queries.video_of(interview) or abort(404)
    form = PictureForm()
    if not form.validate():
        return _page(interview, picture_form=form), 422
    try:
        picture = open_picture(form.picture.data)
    except BadPicture as problem:
        form.picture.errors = [str(problem)]
        return _page(interview, picture_form=form), 422

    videos.use_own_poster(film, keep_picture(picture, f"media/{film.folder}", POSTER_SIDE))
    flash(_("This picture opens the page now."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/outside")
def choose_outside(interview_id: int) -> Any:
    interview = _interview(interview_id)
    form = OutsideForm()
    if not form.validate() or form.found is None:
        return _page(interview, outside_form=form), 422

    videos.choose_outside(interview, form.found, by=viewer(), at=now())
    flash(_("The interview shows this video. Give it a picture of our own now."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/removal")
def take_away(interview_id: int) -> Any:
    interview = _interview(interview_id)
    film = queries.video_of(interview) or abort(404)
    videos.take_away(film, by=viewer())
    flash(_("The video is gone."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/next/removal")
def let_next_go(interview_id: int) -> Any:
    interview = _interview(interview_id)
    film = queries.next_video_of(interview) or abort(404)
    videos.take_away(film, by=viewer())
    flash(_("The new file is gone. The video that was there stays."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.post(f"{INTERVIEW}/uploads/<upload_id>/removal")
def forget_upload(interview_id: int, upload_id: str) -> Any:
    interview = _interview(interview_id)
    upload = _unfinished(interview, upload_id)
    uploads.forget_upload(upload)
    flash(_("The unfinished upload is forgotten."), "success")
    return done(url_for(".show", interview_id=interview.id))


@video.route(f"{INTERVIEW}/uploads", methods=["POST", "OPTIONS"], provide_automatic_options=False)
@video.route(
    f"{INTERVIEW}/uploads/<upload_id>",
    methods=["HEAD", "PATCH", "DELETE", "OPTIONS"],
    provide_automatic_options=False,
)
def tus(interview_id: int, upload_id: str = "") -> Response:
    """The tus protocol. Its client understands numbers, not pages: no detour to sign in."""
    interview = queries.find_interview(interview_id, viewer())
    if interview is None or not policy.may_work_on(viewer(), interview):
        return Response("", 403 if interview else 404, mimetype="text/plain")
    status, headers, body = uploads.answer(
        interview,
        by=viewer(),
        at=now(),
        method=request.method,
        base=url_for(".tus", interview_id=interview_id),
        path=request.path,
        headers=dict(request.headers),
        body=request.get_data(cache=False),
    )
    return Response(body, status, headers, mimetype="text/plain")


@video.record
def serve_files(state: BlueprintSetupState) -> None:
    """Films have an address without a language."""
    state.app.add_url_rule("/media/<folder>/<path:path>", "video.media", media)


def media(folder: str, path: str) -> Response:
    """A file of a video, or a part of it, for whoever may see the interview at this moment."""
    kind = KINDS.get(path.rpartition(".")[2])
    key = f"media/{folder}/{path}"
    if kind is None or not queries.may_watch(folder, viewer()):
        abort(404)
    return stream(key, kind=kind)


def _interview(interview_id: int) -> Interview:
    interview = queries.find_interview(interview_id, viewer())
    if interview is None and not viewer().is_member:
        allow(SIGN_IN_FIRST)
    interview = interview or abort(404)
    allow(policy.may_work_on(viewer(), interview))
    return interview


def _step(interview: Interview, step_id: int) -> tuple[Video, VideoStep]:
    for film in (queries.video_of(interview), queries.next_video_of(interview)):
        for step in film.steps if film else ():
            if film and step.id == step_id:
                return film, step
    abort(404)


def _unfinished(interview: Interview, upload_id: str) -> Upload:
    waiting = queries.unfinished_uploads(interview, now())
    return next((each for each in waiting if each.id == upload_id), None) or abort(404)


def _page(interview: Interview, **forms: Any) -> Response:
    film, following = queries.video_of(interview), queries.next_video_of(interview)
    return page(
        "video/show.html",
        part="progress",
        interview=interview,
        title=queries.title_of(interview),
        film=film,
        length=clock(film.duration_ms or 0) if film else "",
        following=following,
        is_working=any(each and each.state in WORKING for each in (film, following)),
        outside=recognise(film.outside_url) if film and film.outside_url else None,
        services=SERVICES,
        why_refused=WHY_REFUSED,
        why_failed=_why_failed,
        step_name=_step_name,
        posters=_posters(film),
        keeps=queries.KEPT_UNFINISHED,
        unfinished=queries.unfinished_uploads(interview, now()),
        can_work=_can_work(),
        largest_file=LARGEST_FILE,
        largest_piece=LARGEST_PIECE,
        file_form=forms.get("file_form") or FileForm(formdata=None),
        picture_form=forms.get("picture_form") or PictureForm(formdata=None),
        outside_form=forms.get("outside_form") or OutsideForm(formdata=None),
    )


def _posters(film: Video | None) -> list[tuple[int, str]]:
    if film is None:
        return []
    return [(number, videos.candidate_key(film, number)) for number in range(1, film.posters + 1)]


def _step_name(step: VideoStep) -> str:
    noun, _dash, height = step.name.partition("-")
    if noun == "hls":
        return _("Size %(height)sp for streaming", height=height)
    return {
        "probe": _("What the file is"),
        "audio": _("Sound at one loudness"),
        "mp4": _("Plain MP4"),
        "playlist": _("List of the sizes"),
        "posters": _("Candidates for the opening picture"),
        "thumbs": _("Small pictures for the bar of the player"),
    }[noun]


def _why_failed(step: VideoStep) -> str:
    return str(WHY_FAILED.get(step.error, ""))


def _can_work() -> bool:
    """Whether this machine has FFmpeg; the worker may have one where the web has none."""
    settings: Settings = current_app.extensions["officine.settings"]
    try:
        ffmpeg.find("ffmpeg", settings.ffmpeg)
    except ffmpeg.FFmpegMissing:
        return False
    return True
