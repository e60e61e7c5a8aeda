"""Pages of the indicators floor: the catalogue of indicators and the agreement on it."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.core import clock
from app.core.access import office
from app.core.collation import contains
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.indicators import catalogue, queries
from app.indicators import catalogue_queries as entries
from app.indicators.blueprint import bp
from app.indicators.catalogue_forms import (
    BODIES,
    AdoptForm,
    DecisionForm,
    ProposalForm,
    RecordForm,
    RuleForm,
    record_of,
)
from app.indicators.enums import Agreement
from app.indicators.models import Indicator
from app.indicators.usual_indicators import usual_indicators

EVERYBODY = (Role.ORGANISER, Role.DEPARTMENT, Role.STATISTICS)


@bp.get("/daten/katalog/", endpoint="catalogue")
@office(*EVERYBODY)
def list_entries():
    """All indicators with what was agreed on them."""
    every_one = queries.list_catalogue(current_user.municipality)
    search = request.args.get("suche", "").strip()[:100]
    state = next((one for one in Agreement if one == request.args.get("stand")), None)
    shown = [
        one
        for one in every_one
        if (state is None or one.agreement is state) and contains(f"{one.name} {one.source} {one.definition}", search)
    ]
    return render(
        "indicators/catalogue.html",
        "indicators/_catalogue_list.html",
        indicators=shown,
        every_one=every_one,
        counts={one: sum(row.agreement is one for row in every_one) for one in Agreement},
        decisions=entries.latest_decisions(every_one),
        days=entries.latest_days(current_user.municipality),
        states=list(Agreement),
        usual_count=len(usual_indicators()),
        chosen={"search": search, "state": state},
    )


@bp.get("/daten/katalog/uebernehmen")
@office(Role.ORGANISER, Role.DEPARTMENT)
def adopt():
    """The usual indicators to choose from."""
    return _adopt_page(_adopt_form())


@bp.post("/daten/katalog/uebernehmen")
@office(Role.ORGANISER, Role.DEPARTMENT)
def adopt_post():
    """Propose the chosen ones."""
    form = _adopt_form()
    if form.validate():
        try:
            made = catalogue.propose_usual(
                municipality=current_user.municipality, keys=form.keys.data or [], step=form.step, **_who()
            )
        except RuleBroken as error:
            form.keys.errors = [str(error)]
        else:
            names = ", ".join(one.name for one in made)
            note("indicators.proposed", _("Indikatoren vorgeschlagen: %(names)s.", names=names))
            db.session.commit()
            count = len(made)
            say(ngettext("%(num)s Indikator ist vorgeschlagen.", "%(num)s Indikatoren sind vorgeschlagen.", count))
            return redirect(url_for("indicators.catalogue", stand=Agreement.PROPOSED.value))
    return _adopt_page(form, status=422)


@bp.get("/daten/katalog/neu")
@office(Role.ORGANISER, Role.DEPARTMENT)
def create_indicator():
    """The empty record."""
    form = ProposalForm(data={"unit": "%", "factor": 100, "threshold": 3, "minimum_base": 100, **_step_today()})
    return _record_page(_with_wholes(form))


@bp.post("/daten/katalog/neu")
@office(Role.ORGANISER, Role.DEPARTMENT)
def create_indicator_post():
    """Propose an indicator of one's own."""
    form = _with_wholes(ProposalForm())
    if form.validate():
        try:
            row = catalogue.propose_indicator(
                municipality=current_user.municipality, details=form.details, step=form.step, **_who()
            )
        except catalogue.Refused as refused:
            form.refuse(refused)
        else:
            note("indicator.proposed", _("Indikator „%(name)s“ vorgeschlagen.", name=row.name))
            db.session.commit()
            say(_("„%(name)s“ ist vorgeschlagen.", name=row.name))
            return redirect(url_for("indicators.indicator", indicator_id=row.id))
    return _record_page(form, status=422)


@bp.get("/daten/katalog/<int:indicator_id>")
@office(*EVERYBODY)
def indicator(indicator_id: int):
    """The record of an indicator as a data sheet."""
    row = entries.get_entry(current_user.municipality, indicator_id)
    shown = {"agreement": row.agreement.value, "visibility": "public" if row.public else "internal"}
    return _sheet(row, DecisionForm(data=shown | _step_today()))


@bp.post("/daten/katalog/<int:indicator_id>/entscheidung")
@office(Role.ORGANISER)
def decide_indicator(indicator_id: int):
    """Note a step of the agreement."""
    row = entries.get_entry(current_user.municipality, indicator_id)
    form = DecisionForm()
    if not form.validate():
        return _sheet(row, form, status=422)
    try:
        catalogue.decide(
            municipality=current_user.municipality,
            indicator=row,
            agreement=Agreement(form.agreement.data),
            public=form.visibility.data == "public",
            step=form.step,
            **_who(),
        )
    except catalogue.Refused as refused:
        form.refuse(refused)
        return _sheet(row, form, status=422)
    seen = _("öffentlich") if row.public else _("nur intern")
    what = _("Indikator „%(name)s“: %(state)s, %(seen)s.", name=row.name, state=row.agreement.label, seen=seen)
    note("indicator.decided", what)
    db.session.commit()
    say(what)
    return redirect(url_for("indicators.indicator", indicator_id=row.id))


@bp.get("/daten/katalog/<int:indicator_id>/bearbeiten")
@office(Role.ORGANISER, Role.STATISTICS)
def edit_indicator(indicator_id: int):
    """The record to change; the statistics office changes rule and definition."""
    row = entries.get_entry(current_user.municipality, indicator_id)
    return _record_page(_edit_form(row), row)


@bp.post("/daten/katalog/<int:indicator_id>/bearbeiten")
@office(Role.ORGANISER, Role.STATISTICS)
def edit_indicator_post(indicator_id: int):
    """Save the record."""
    row = entries.get_entry(current_user.municipality, indicator_id)
    form = _edit_form(row)
    if form.validate():
        try:
            reread = _save(row, form)
        except catalogue.Refused as refused:
            form.refuse(refused)
        else:
            note("indicator.changed", _("Indikator „%(name)s“ geändert.", name=row.name))
            db.session.commit()
            say(_("Die Änderungen sind gespeichert."))
            if reread:
                say(_("Alle vorhandenen Werte werden ab jetzt so gelesen, auch frühere Stichtage."), "warning")
            return redirect(url_for("indicators.indicator", indicator_id=row.id))
    return _record_page(form, row, status=422)


@bp.post("/daten/katalog/<int:indicator_id>/verschieben")
@office(Role.ORGANISER)
def move_indicator(indicator_id: int):
    """One place up or down."""
    row = entries.get_entry(current_user.municipality, indicator_id)
    catalogue.move_indicator(
        municipality=current_user.municipality, indicator=row, up=request.form.get("richtung") == "hoch"
    )
    note("indicator.moved", _("Indikator „%(name)s“ verschoben.", name=row.name))
    db.session.commit()
    return redirect(url_for("indicators.catalogue", _anchor=f"indikator-{row.id}"))


@bp.post("/daten/katalog/<int:indicator_id>/loeschen")
@office(Role.ORGANISER)
def delete_indicator(indicator_id: int):
    """Delete an indicator nothing rests on."""
    row = entries.get_entry(current_user.municipality, indicator_id)
    name = row.name
    try:
        catalogue.delete_indicator(indicator=row)
    except RuleBroken as error:
        say(str(error), "warning")
        return redirect(url_for("indicators.indicator", indicator_id=indicator_id))
    note("indicator.deleted", _("Indikator „%(name)s“ gelöscht.", name=name))
    db.session.commit()
    say(_("„%(name)s“ ist gelöscht.", name=name), "info")
    return redirect(url_for("indicators.catalogue"))


def _who() -> dict:
    return {"user": current_user.user, "now": clock.now()}


def _step_today() -> dict:
    return {"decided_on": clock.local_date(clock.now())}


def _adopt_form() -> AdoptForm:
    form = AdoptForm(data=_step_today())
    form.keys.choices = [(key, one.name) for key, one in usual_indicators().items()]
    return form


def _adopt_page(form: AdoptForm, status: int = 200):
    there = {one.key: one for one in queries.list_catalogue(current_user.municipality)}
    usual = usual_indicators().values()
    return render("indicators/catalogue_adopt.html", status=status, form=form, usual=usual, there=there, bodies=BODIES)


def _with_wholes(form: RecordForm, row: Indicator | None = None) -> RecordForm:
    form.offer_wholes(queries.list_catalogue(current_user.municipality), without=row)
    return form


def _edit_form(row: Indicator) -> RuleForm:
    if current_user.role == Role.STATISTICS:
        return RuleForm(data=record_of(row))
    return _with_wholes(RecordForm(data=record_of(row)), row)


def _save(row: Indicator, form: RuleForm) -> bool:
    if isinstance(form, RecordForm):
        return catalogue.change_indicator(municipality=current_user.municipality, indicator=row, details=form.details)
    catalogue.set_rule(
        indicator=row,
        threshold=form.threshold.data,
        minimum_base=form.minimum_base.data,
        definition=form.definition.data,
    )
    return False


def _record_page(form: RuleForm, row: Indicator | None = None, status: int = 200):
    held = entries.count_held(row) if row else None
    return render("indicators/catalogue_form.html", status=status, form=form, row=row, held=held, bodies=BODIES)


def _sheet(row: Indicator, form: DecisionForm, status: int = 200):
    return render(
        "indicators/indicator.html",
        status=status,
        row=row,
        form=form,
        bodies=BODIES,
        decisions=entries.list_decisions(row),
        held=entries.list_held(row),
        indexes=entries.list_indexes_using(row),
        parts=entries.list_parts(row),
    )
