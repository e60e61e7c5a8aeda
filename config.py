"""Settings from the environment, checked before anything starts."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


class ConfigurationError(Exception):
    """A setting is missing or unusable; the message is one line for the person starting the server."""


def from_environment(environ: Mapping[str, str] = os.environ) -> dict:
    """Return the Flask configuration.

    Raises ConfigurationError naming the variable and what it should look like.
    """
    data_dir = _data_dir(environ)
    database_url = _database_url(environ, data_dir)
    public_url = _public_url(environ)
    redis_url = environ.get("REDIS_URL", "")
    if redis_url and urlsplit(redis_url).scheme not in {"redis", "rediss", "unix"}:
        raise ConfigurationError("REDIS_URL muss mit redis://, rediss:// oder unix:// beginnen.")
    https = public_url.startswith("https://")
    return {
        "DATA_DIR": data_dir,
        "SECRET_KEY": _secret_key(environ, data_dir),
        "SQLALCHEMY_DATABASE_URI": database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # what people typed stays out of every log
        "REDIS_URL": redis_url,
        "PUBLIC_URL": public_url,
        "HOST": environ.get("HOST", "127.0.0.1"),
        "PORT": _port(environ),
        "METRICS_TOKEN": environ.get("METRICS_TOKEN", ""),
        "TRUSTED_PROXIES": _number(environ, "TRUSTED_PROXIES", 0),
        "RATELIMIT_STORAGE_URI": redis_url or "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
        "MAX_CONTENT_LENGTH": 10 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 1 * MEGABYTE,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # our pages send no referrer; the token decides
        "SESSION_COOKIE_NAME": "__Host-sitzung" if https else "sitzung",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
        **_mail(environ, data_dir),
    }


def _data_dir(environ: Mapping[str, str]) -> Path:
    path = Path(environ.get("DATA_DIR") or ROOT / "instance").resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):  # web server and worker start at the same moment in the same folder
            pass
    except OSError as error:
        raise ConfigurationError(f"DATA_DIR: In {path} kann nicht geschrieben werden ({error.strerror}).") from None
    return path


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    given = environ.get("DATABASE_URL")
    if not given:
        return f"sqlite:///{data_dir / 'thementisch.sqlite'}"
    try:
        url = make_url(given)
    except ArgumentError:
        raise ConfigurationError("DATABASE_URL ist keine gültige Datenbankadresse.") from None
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise ConfigurationError("DATABASE_URL muss mit postgresql:// oder sqlite:/// beginnen.")
    return url.render_as_string(hide_password=False)


def _secret_key(environ: Mapping[str, str], data_dir: Path) -> str:
    """The given key, or for the single-machine default one made once and kept in the data folder."""
    given = environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise ConfigurationError("SECRET_KEY ist zu kurz: mindestens 32 zufällige Zeichen.")
        return given
    if environ.get("DATABASE_URL"):
        raise ConfigurationError("SECRET_KEY fehlt: mit DATABASE_URL muss er gesetzt sein (mindestens 32 Zeichen).")
    path = data_dir / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def _public_url(environ: Mapping[str, str]) -> str:
    given = environ.get("PUBLIC_URL", "").rstrip("/")
    if given and (urlsplit(given).scheme not in {"http", "https"} or not urlsplit(given).netloc):
        raise ConfigurationError("PUBLIC_URL muss eine vollständige Adresse sein, z. B. https://dialog.stadt.example")
    return given


def _port(environ: Mapping[str, str]) -> int:
    port = _number(environ, "PORT", 8000)
    if not 1 <= port <= 65535:
        raise ConfigurationError("PORT muss zwischen 1 und 65535 liegen.")
    return port


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    given = environ.get(name) or str(default)
    if not given.isdecimal():
        raise ConfigurationError(f"{name} muss eine ganze Zahl sein, nicht „{given}“.")
    return int(given)


def _mail(environ: Mapping[str, str], data_dir: Path) -> dict:
    url = urlsplit(environ.get("MAIL_URL") or "file:")
    sender = environ.get("MAIL_SENDER", "Sozialplanung <sozialplanung@thementisch.example>")
    if url.scheme == "file":
        folder = Path(url.path) if url.path else data_dir / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        return {"MAIL_BACKEND": "file", "MAIL_FILE_PATH": str(folder), "MAIL_DEFAULT_SENDER": sender}
    if url.scheme != "smtp" or not url.hostname:
        raise ConfigurationError("MAIL_URL muss smtp://benutzer:passwort@server:port?tls=1 oder file: sein.")
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": url.hostname,
        "MAIL_PORT": url.port or 25,
        "MAIL_USERNAME": unquote(url.username) if url.username else None,
        "MAIL_PASSWORD": unquote(url.password) if url.password else None,
        "MAIL_USE_TLS": parse_qs(url.query).get("tls") == ["1"],
        "MAIL_TIMEOUT": 20,
        "MAIL_DEFAULT_SENDER": sender,
    }
