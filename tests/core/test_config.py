"""Settings: read from the environment and a file, refused with a sentence when they cannot be."""

from pathlib import Path

import pytest

from officine.core.config import ConfigError, Settings, env_name, file_path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_word_everything_lies_in_the_data_folder(folder: Path) -> None:
    settings = Settings.read({})

    assert settings.data_dir == folder / "data"
    assert file_path(settings.database_url) == folder / "data" / "officine.db"
    for url in (settings.search_url, settings.storage_url, settings.mail_url, settings.jobs_url):
        path = file_path(url)
        assert path is not None and path.parent == folder / "data"


def test_moving_the_data_folder_moves_what_lies_in_it(folder: Path) -> None:
    settings = Settings.read({"OFFICINE_DATA_DIR": "/srv/officine"})

    assert settings.database_url == "sqlite:////srv/officine/officine.db"


def test_the_data_folder_may_be_named_inside_an_address(folder: Path) -> None:
    settings = Settings.read(
        {"OFFICINE_DATA_DIR": "/srv", "OFFICINE_DATABASE_URL": "sqlite:///{data_dir}/other.db"}
    )

    assert settings.database_url == "sqlite:////srv/other.db"


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(folder: Path) -> None:
    (folder / "officine.toml").write_text('port = 9000\nsite_name = "Botteghe"\ndemo = true\n')

    settings = Settings.read({"OFFICINE_PORT": "9100"})

    assert (settings.port, settings.site_name, settings.demo) == (9100, "Botteghe", True)
    assert settings.threads == 4


def test_another_file_may_be_named(folder: Path) -> None:
    (folder / "other.toml").write_text("port = 9200\n")

    assert Settings.read({"OFFICINE_CONFIG": "other.toml"}).port == 9200


def test_an_empty_value_is_no_value(folder: Path) -> None:
    assert Settings.read({"OFFICINE_PORT": " "}).port == 8000


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"OFFICINE_PROT": "1"}, "There is no setting OFFICINE_PROT. Did you mean OFFICINE_PORT?"),
        ({"OFFICINE_port": "1"}, "There is no setting OFFICINE_port."),
        ({"OFFICINE_PORT": "0"}, "OFFICINE_PORT must be a whole number from 1 to 65535, not '0'."),
        ({"OFFICINE_PORT": "²"}, "OFFICINE_PORT must be a whole number"),
        ({"OFFICINE_DEMO": "maybe"}, "OFFICINE_DEMO must be yes or no, not 'maybe'."),
        ({"OFFICINE_TIMEZONE": "Mars"}, "OFFICINE_TIMEZONE must be a time zone"),
        ({"OFFICINE_TIMEZONE": "../etc"}, "OFFICINE_TIMEZONE must be a time zone"),
        ({"OFFICINE_DEFAULT_LANGUAGE": "fr"}, "must be one of it, en, es, not 'fr'."),
        ({"OFFICINE_BASE_URL": "officine.example"}, "must be the site's public address"),
        ({"OFFICINE_BASE_URL": "https://officine.example/forum"}, "without a path"),
        ({"OFFICINE_BASE_URL": "https://officine.example:port"}, "the site's public address"),
        ({"OFFICINE_DATABASE_URL": "mysql://host/x"}, "sqlite:// or postgresql://"),
        ({"OFFICINE_DATABASE_URL": "sqlite://officine.db"}, "sqlite:/// with three slashes"),
        ({"OFFICINE_MAIL_URL": "smtp://"}, "and names a host"),
        ({"OFFICINE_MAIL_FROM": "nobody"}, "OFFICINE_MAIL_FROM must be a mail address"),
        ({"OFFICINE_WORKERS": "2"}, "cannot share OFFICINE_CACHE_URL memory:"),
        ({"OFFICINE_CONFIG": "nowhere.toml"}, "nowhere.toml cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    folder: Path, environ: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ConfigError) as refusal:
        Settings.read(environ)

    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("prot = 1", "There is no setting prot in officine.toml. Did you mean port?"),
        ("port = [1]", "port in officine.toml must be a text, a number, or true or false."),
        ("port = 'many'", "port in officine.toml must be a whole number"),
        ("port = ", "officine.toml is not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_refused_with_a_sentence(
    folder: Path, text: str, sentence: str
) -> None:
    (folder / "officine.toml").write_text(text)

    with pytest.raises(ConfigError) as refusal:
        Settings.read({})

    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    "environ",
    [
        {"OFFICINE_SECRET_KEY": "too-short-hunter2"},
        {"OFFICINE_DATABASE_URL": "mysql://officine:hunter2@host/name"},
        {"OFFICINE_MAIL_URL": "imap://officine:hunter2@host"},
    ],
)
def test_a_password_is_repeated_nowhere(folder: Path, environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as refusal:
        Settings.read(environ)

    assert "hunter2" not in str(refusal.value)
    assert "hunter2" not in repr(Settings(database_url="postgresql://officine:hunter2@host/name"))


def test_a_server_may_be_reached_by_a_socket(folder: Path) -> None:
    url = "postgresql:///officine?host=/run/postgresql"

    assert Settings.read({"OFFICINE_DATABASE_URL": url}).database_url == url


def test_the_first_start_makes_a_secret_that_only_its_owner_reads(folder: Path) -> None:
    first = Settings.load({}).secret_key
    again = Settings.load({}).secret_key

    assert first == again
    assert first is not None and len(first) > 40
    assert (folder / "data" / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (folder / "data").iterdir()] == ["secret"]


def test_a_secret_that_is_given_is_not_written_down(folder: Path) -> None:
    settings = Settings.load({"OFFICINE_SECRET_KEY": "x" * 32})

    assert settings.secret_key == "x" * 32
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("environ", "address", "secure"),
    [
        ({}, "http://127.0.0.1:8000", False),
        ({"OFFICINE_HOST": "0.0.0.0", "OFFICINE_PORT": "80"}, "http://127.0.0.1:80", False),
        ({"OFFICINE_HOST": "::1"}, "http://[::1]:8000", False),
        ({"OFFICINE_BASE_URL": "https://officine.example/"}, "https://officine.example", True),
    ],
)
def test_the_public_address(
    folder: Path, environ: dict[str, str], address: str, secure: bool
) -> None:
    settings = Settings.read(environ)

    assert (settings.public_url, settings.is_secure) == (address, secure)


def test_every_name_of_the_environment_is_the_setting_in_capitals() -> None:
    assert env_name("data_dir") == "OFFICINE_DATA_DIR"
