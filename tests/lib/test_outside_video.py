"""Videos that lie elsewhere are known by their address."""

import pytest

from officine.lib.outside_video import recognise


@pytest.mark.parametrize(
    ("address", "service", "embed"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=83",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        ),
        (
            "https://youtu.be/dQw4w9WgXcQ?si=x",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        ),
        (
            "https://www.youtube.com/shorts/dQw4w9WgXcQ",
            "youtube",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
        ),
        ("https://vimeo.com/76979871", "vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://vimeo.com/76979871/8272103f6e",
            "vimeo",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e",
        ),
        (
            "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "peertube",
            "https://framatube.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?p2p=0&warningTitle=0",
        ),
        (
            "https://video.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "peertube",
            "https://video.example.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d"
            "?p2p=0&warningTitle=0",
        ),
    ],
)
def test_an_address_names_a_video(address: str, service: str, embed: str) -> None:
    found = recognise(address)

    assert found is not None
    assert (found.service, found.embed_url) == (service, embed)
    assert found.embed_url.startswith(f"https://{found.host}/")
    # What is kept is known again.
    assert recognise(found.url) == found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://evil.example/watch?v=dQw4w9WgXcQ",
        "https://user@youtu.be/dQw4w9WgXcQ",
        "https://youtu.be:444/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ/more",
        "https://vimeo.com/channels/staffpicks",
        'https://vimeo.com/76979871?h="><script>',
        "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
        "https://127.0.0.1/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://localhost/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://printer.local/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org/w/../../admin",
        "https://framatube.org\\@evil.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://[::1",
    ],
)
def test_an_address_names_no_video_that_we_show(address: str) -> None:
    assert recognise(address) is None
