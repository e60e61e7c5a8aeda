"""Duplicates: pairs that might be one, merging them, parting them again."""

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions import merge_queries, merging, queries
from app.institutions.blueprint import bp
from app.institutions.duplicate_forms import LEFT, RIGHT, MergeForm, differences, sides_of
from app.institutions.models import Institution


@bp.get("/institutionen/doppelte")
@office(Role.ORGANISER)
def duplicates():
    """Pairs that might be one institution, and those a person told apart."""
    return render(
        "institutions/duplicates.html",
        pairs=merge_queries.list_proposals(current_user.municipality),
        apart=merge_queries.list_kept_apart(current_user.municipality),
    )


@bp.get("/institutionen/doppelte/<int:institution_id>/<int:other_id>")
@office(Role.ORGANISER)
def compare(institution_id: int, other_id: int):
    """Two entries side by side, and the form to make them one."""
    left, right = _both(institution_id, other_id)
    return _compare_page(left, right, MergeForm(stays=LEFT))


@bp.post("/institutionen/doppelte/<int:institution_id>/<int:other_id>")
@office(Role.ORGANISER)
def merge(institution_id: int, other_id: int):
    """Make them one."""
    left, right = _both(institution_id, other_id)
    form = MergeForm()
    if not form.validate():
        return _compare_page(left, right, form, status=422)
    left_stays = form.stays.data == LEFT
    kept, merged = (left, right) if left_stays else (right, left)
    former = merged.name
    try:
        merging.merge_institutions(
            municipality=current_user.municipality,
            kept=kept,
            merged=merged,
            sides=sides_of(differences(left, right, request.form), left_stays=left_stays),
            user=current_user.user,
            now=clock.now(),
        )
    except RuleBroken as error:
        db.session.rollback()
        say(str(error), "danger")
        return redirect(url_for("institutions.duplicates"))
    note("institution.merged", _("„%(merged)s“ mit „%(kept)s“ zusammengeführt.", merged=former, kept=kept.name))
    db.session.commit()
    say(_("Zusammengeführt. Unter „Zusammengeführte Einträge“ können Sie es zurücknehmen."))
    return redirect(url_for("institutions.detail", institution_id=kept.id))


@bp.post("/institutionen/doppelte/<int:institution_id>/<int:other_id>/verschieden")
@office(Role.ORGANISER)
def keep_apart(institution_id: int, other_id: int):
    """Note that they are two."""
    left, right = _both(institution_id, other_id)
    merging.keep_apart(one=left, other=right)
    sentence = _("„%(one)s“ und „%(other)s“ als verschieden vermerkt.", one=left.name, other=right.name)
    note("institution.kept_apart", sentence)
    db.session.commit()
    say(_("Vermerkt: Das sind zwei verschiedene. Unten auf der Seite können Sie es zurücknehmen."))
    return redirect(url_for("institutions.duplicates"))


@bp.post("/institutionen/doppelte/<int:institution_id>/<int:other_id>/wieder-vergleichen")
@office(Role.ORGANISER)
def compare_again(institution_id: int, other_id: int):
    """Take that back."""
    left, right = _both(institution_id, other_id)
    merging.compare_again(one=left, other=right)
    sentence = _("Vermerk zu „%(one)s“ und „%(other)s“ zurückgenommen.", one=left.name, other=right.name)
    note("institution.compared_again", sentence)
    db.session.commit()
    say(_("Zurückgenommen. Wenn sich die beiden ähneln, stehen sie wieder oben."))
    return redirect(url_for("institutions.duplicates"))


@bp.get("/institutionen/zusammengefuehrt")
@office(Role.ORGANISER)
def merges():
    """What was merged, when and by whom."""
    return render("institutions/merges.html", merges=merge_queries.list_merges(current_user.municipality))


@bp.post("/institutionen/zusammengefuehrt/<int:merge_id>/trennen")
@office(Role.ORGANISER)
def part(merge_id: int):
    """Undo a merge."""
    row = merge_queries.get_merge(current_user.municipality, merge_id)
    try:
        merging.part_institutions(municipality=current_user.municipality, merge=row, now=clock.now())
    except RuleBroken as error:
        db.session.rollback()
        say(str(error), "danger")
        return redirect(url_for("institutions.merges"))
    sentence = _("„%(merged)s“ und „%(kept)s“ wieder getrennt.", merged=row.merged.name, kept=row.kept.name)
    note("institution.parted", sentence)
    db.session.commit()
    say(_("Getrennt. Beide stehen wieder im Verzeichnis, so wie vorher."))
    return redirect(url_for("institutions.merges"))


def _both(institution_id: int, other_id: int) -> tuple[Institution, Institution]:
    if institution_id == other_id:
        abort(404)
    municipality = current_user.municipality
    return queries.get_institution(municipality, institution_id), queries.get_institution(municipality, other_id)


def _compare_page(left: Institution, right: Institution, form: MergeForm, status: int = 200):
    return render(
        "institutions/compare.html",
        status=status,
        left=left,
        right=right,
        form=form,
        differences=differences(left, right, request.form),
        sides=(LEFT, RIGHT),
    )
