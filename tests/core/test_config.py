"""Bad settings stop the start with one clear line; good ones need nothing."""

import pytest

from config import ConfigurationError, from_environment

KEY = "k" * 40


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PORT": "achttausend"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"SECRET_KEY": "kurz"}, "SECRET_KEY"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1/x"}, "SECRET_KEY"),
        ({"DATABASE_URL": "mysql://nobody@127.0.0.1/x", "SECRET_KEY": KEY}, "DATABASE_URL"),
        ({"DATABASE_URL": "überhaupt nichts", "SECRET_KEY": KEY}, "DATABASE_URL"),
        ({"REDIS_URL": "http://127.0.0.1"}, "REDIS_URL"),
        ({"PUBLIC_URL": "dialog.stadt.example"}, "PUBLIC_URL"),
        ({"MAIL_URL": "pigeon://loft"}, "MAIL_URL"),
        ({"DATA_DIR": "/proc/nowhere"}, "DATA_DIR"),
    ],
)
def test_a_bad_setting_is_named(tmp_path, environ, named):
    with pytest.raises(ConfigurationError, match=named):
        from_environment({"DATA_DIR": str(tmp_path), **environ})


def test_without_settings_everything_lies_in_the_data_folder(tmp_path):
    config = from_environment({"DATA_DIR": str(tmp_path)})

    assert config["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/thementisch.sqlite"
    assert config["MAIL_FILE_PATH"] == f"{tmp_path}/mail"


def test_the_made_up_key_stays_the_same_and_is_the_owners_alone(tmp_path):
    first = from_environment({"DATA_DIR": str(tmp_path)})["SECRET_KEY"]
    second = from_environment({"DATA_DIR": str(tmp_path)})["SECRET_KEY"]

    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_https_makes_cookies_host_bound(tmp_path):
    config = from_environment({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://dialog.stadt.example/"})

    assert config["SESSION_COOKIE_NAME"] == "__Host-sitzung"
    assert config["SESSION_COOKIE_SECURE"] is True
    assert config["PUBLIC_URL"] == "https://dialog.stadt.example"


def test_smtp_address_is_taken_apart(tmp_path):
    config = from_environment({"DATA_DIR": str(tmp_path), "MAIL_URL": "smtp://amt%40stadt:geheim@mail.stadt:587?tls=1"})

    assert (config["MAIL_SERVER"], config["MAIL_PORT"], config["MAIL_USERNAME"]) == ("mail.stadt", 587, "amt@stadt")
    assert config["MAIL_USE_TLS"] is True
