"""Forms of the accounts floor."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        validators=[InputRequired(_l("Geben Sie Ihre E-Mail-Adresse ein.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Passwort"),
        validators=[InputRequired(_l("Geben Sie Ihr Passwort ein.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
