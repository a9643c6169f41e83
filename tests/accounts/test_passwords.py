import pytest

from officine.core import passwords

ABOUT = ("Marta Colombo", "marta@tessuti.example")


@pytest.mark.parametrize(
    "password",
    [
        "a", "123456789", "1234567890", "qwertyuiop", "password1234", "Passw0rd!!", "aaaaaaaaaaaa",
        "abcabcabcabc", "19741974", "12/05/1974", "martacolombo", "Marta Colombo", "colombomarta1",
        "marta@tessuti.example", "tessuti.example", "x" * 201, "",
    ],
)  # fmt: skip
def test_what_is_soon_guessed_is_refused_with_a_reason(app, password):
    assert str(passwords.weakness(password, ABOUT))


@pytest.mark.parametrize(
    "password",
    [
        "quattro telai cantano piano", "correct horse battery staple", "ñandú-ceniza-42-pájaro",
        "Zu7!kkq92#pplx", "日本の織物は美しいですね今日も", "   spazi ai bordi   ",
        "un telaio a mano non mente mai " * 6,
    ],
)  # fmt: skip
def test_what_is_not_is_taken_whatever_it_is_made_of(app, password):
    assert passwords.weakness(password, ABOUT) is None
    assert passwords.matches(password, passwords.hash_password(password))


def test_a_password_is_kept_as_argon2id_with_salt(app):
    one, two = passwords.hash_password("segreto"), passwords.hash_password("segreto")

    assert one.startswith("$argon2id$")
    assert one != two
    assert not passwords.matches("Segreto", one)


def test_one_letter_has_one_spelling(app):
    assert passwords.matches("perche\u0301", passwords.hash_password("perch\u00e9"))


def test_a_broken_hash_matches_nothing(app):
    for broken in ("", "!", "$argon2id$", "plain"):
        assert not passwords.matches(broken, broken)


def test_outside_the_tests_hashing_is_careful(app):
    app.config["TESTING"] = False
    try:
        kept = passwords.hash_password("segreto")
    finally:
        app.config["TESTING"] = True

    assert "m=47104,t=1,p=1" in kept
    assert passwords.is_outdated(kept)
