"""Cancelling a conference, and taking that back."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import cancelling, queries
from app.conferences.audience import audience_of
from app.conferences.blueprint import bp
from app.conferences.models import Conference
from app.conferences.series_forms import CancelForm
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/absagen")
@office(Role.ORGANISER)
def cancel(conference_id: int):
    """Why, and how many will have to be told; for a cancelled one the way back."""
    row = queries.get_conference(current_user.municipality, conference_id)
    return _page(CancelForm(), row)


@bp.post("/konferenzen/<int:conference_id>/absagen")
@office(Role.ORGANISER)
def cancel_post(conference_id: int):
    """Call it off; the mails are written on a page of their own."""
    row = queries.get_conference(current_user.municipality, conference_id)
    form = CancelForm()
    if not form.validate():
        return _page(form, row, status=422)
    try:
        cancelling.cancel_conference(conference=row, reason=form.reason.data, now=clock.now())
    except RuleBroken as error:
        form.reason.errors = [str(error)]
        return _page(form, row, status=422)
    note("conference.cancelled", _("Konferenz „%(title)s“ abgesagt.", title=row.title))
    db.session.commit()
    say(_("Die Konferenz ist als abgesagt vermerkt."), "info")
    return redirect(url_for("conferences.cancel", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/absage-zuruecknehmen")
@office(Role.ORGANISER)
def restore(conference_id: int):
    """It takes place after all."""
    row = queries.get_conference(current_user.municipality, conference_id)
    try:
        cancelling.restore_conference(conference=row, now=clock.now())
    except RuleBroken as error:
        say(str(error), "warning")
        return redirect(url_for("conferences.cancel", conference_id=conference_id))
    note("conference.restored", _("Absage der Konferenz „%(title)s“ zurückgenommen.", title=row.title))
    db.session.commit()
    say(_("Die Absage ist zurückgenommen. Wer schon davon weiß, muss es jetzt auch erfahren."), "warning")
    return redirect(url_for("conferences.edit", conference_id=conference_id))


def _page(form: CancelForm, conference: Conference, status: int = 200):
    mail = "mailings.create" in current_app.view_functions
    return render(
        "conferences/cancel.html",
        status=status,
        form=form,
        conference=conference,
        audience=audience_of(conference),
        is_over=conference.ends_at <= clock.now(),
        mail_url=url_for("mailings.create", conference_id=conference.id, art="cancellation") if mail else None,
    )
