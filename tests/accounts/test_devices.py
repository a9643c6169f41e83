import pytest

from officine.lib.devices import device_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S918B)"
LINUX = "Mozilla/5.0 (X11; Linux x86_64)"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"{WEBKIT} Chrome/142.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (f"{WINDOWS}; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox/Windows"),
        (f"{WINDOWS}) {CHROME} Edg/142.0.0.0", "Edge/Windows"),
        (f"{MAC} {WEBKIT} Version/18.5 Safari/605.1.15", "Safari/macOS"),
        (f"{IPHONE} {WEBKIT} Version/18.5 Mobile/15E148 Safari/604.1", "Safari/iPhone"),
        (f"{IPHONE} {WEBKIT} CriOS/142.0 Mobile/15E148 Safari/604.1", "Chrome/iPhone"),
        (f"{IPHONE} {WEBKIT} FxiOS/142.0 Mobile/15E148 Safari/604.1", "Firefox/iPhone"),
        (f"{ANDROID} {CHROME}", "Chrome/Android"),
        (
            f"{ANDROID} {WEBKIT} SamsungBrowser/27.0 Chrome/125.0 Safari/1",
            "Samsung Internet/Android",
        ),
        (f"{LINUX} {CHROME} OPR/127.0.0.0", "Opera/Linux"),
        ("curl/8.5.0", "/"),
        ("", "/"),
    ],
)
def test_a_device_is_told_by_the_names_people_know(user_agent, device):
    assert device_of(user_agent) == device
