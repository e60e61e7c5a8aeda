"""What the office does about personal links: send a new one, lock the old ones. Secrets are shown to nobody."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.hypermedia import redirect, say
from app.extensions import db
from app.institutions.queries import get_institution
from app.invitations import link_services, queries

bp = Blueprint("links", __name__)


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/neuer-link")
@office(Role.ORGANISER)
def renew(conference_id: int, invitation_id: int):
    """Let the links sent so far go dead and write a mail with a new one."""
    conference = get_conference(current_user.municipality, conference_id)
    invitation = queries.get_invitation(conference, invitation_id, lock=True)
    name = invitation.institution.name
    link_services.renew_link(
        conference=conference,
        municipality=current_user.municipality,
        invitation=invitation,
        institution=get_institution(current_user.municipality, invitation.institution_id),
        base_url=public_base_url(),
        user=current_user.user,
        now=clock.now(),
    )
    db.session.commit()
    say(_("Die alten Links von %(name)s sind gesperrt. Die Mail mit dem neuen liegt im Postausgang.", name=name))
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/link-sperren")
@office(Role.ORGANISER)
def revoke(conference_id: int, invitation_id: int):
    """Let the links of an invitation go dead."""
    conference = get_conference(current_user.municipality, conference_id)
    invitation = queries.get_invitation(conference, invitation_id, lock=True)
    name = invitation.institution.name
    link_services.revoke_link(conference=conference, invitation=invitation, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Die Links von %(name)s sind gesperrt. Antworten nehmen Sie jetzt telefonisch auf.", name=name), "info")
    return redirect(url_for("invitations.index", conference_id=conference_id))
