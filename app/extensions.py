"""The libraries the application shares, created once and bound in `create_app`."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_mailman import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Every model's base; constraint names follow one pattern so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def nobody() -> str:
    """Limits are set per route with a key of their own, never per address: a hall shares one."""
    return "nobody"


babel = Babel()
csrf = CSRFProtect()
db = SQLAlchemy(model_class=Base)
limiter = Limiter(key_func=nobody)
login = LoginManager()
mail = Mail()
migrate = Migrate()
