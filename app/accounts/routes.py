"""Signing in and out, and the trail of acts."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import queries, services, session
from app.accounts.enums import Role
from app.accounts.forms import SignInForm
from app.core import clock
from app.core.access import office, public, safe_path
from app.core.hypermedia import redirect, render, say
from app.extensions import limiter

bp = Blueprint("accounts", __name__)


def _account_tried() -> str:
    """Sign-in is throttled per account: a whole town hall may share one address."""
    return request.form.get("email", "").strip().lower()[:254]


def _was_wrong(response: Response) -> bool:
    """Only wrong passwords count: whoever signs in on a phone, a tablet and the desk is not locked out."""
    return response.status_code != 303


@bp.get("/anmelden")
@public
def sign_in():
    """The sign-in page."""
    return render("accounts/sign_in.html", form=SignInForm(), onward=safe_path(request.args.get("weiter")))


@bp.post("/anmelden")
@public
@limiter.limit("10 per 5 minutes", key_func=_account_tried, deduct_when=_was_wrong)
def sign_in_post():
    """Check the password and begin a session."""
    form = SignInForm()
    onward = safe_path(request.form.get("weiter"))
    if form.validate():
        membership = services.check_sign_in(email=form.email.data, password=form.password.data)
        if membership is not None:
            session.begin(membership, clock.now())
            return redirect(onward or url_for("office.home"))
        form.password.errors = [
            _("E-Mail-Adresse oder Passwort stimmt nicht. Achten Sie auf Groß- und Kleinschreibung.")
        ]
    return render("accounts/sign_in.html", status=422, form=form, onward=onward)


@bp.post("/abmelden")
@office()
def sign_out():
    """End the session."""
    session.end()
    say(_("Sie sind abgemeldet."), "info")
    return redirect(url_for("accounts.sign_in"))


@bp.get("/protokoll")
@office(Role.ORGANISER)
def trail():
    """Who did what."""
    return render("accounts/trail.html", entries=queries.list_audit_entries(current_user.municipality))
