"""Pages of the imports floor: upload, columns, preview, taking over, undoing."""

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.accounts.enums import Role
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.exports import to_csv
from app.core.hypermedia import redirect, render, say
from app.core.jobs import jobs
from app.extensions import db
from app.imports import queries, retention, services, tasks  # noqa: F401 -- retention signs its rule up
from app.imports.enums import ImportState, RowState
from app.imports.forms import ReadingForm, UploadForm, choices_of, form_with, mapping_of
from app.imports.importer import Importer, get_importer, list_importers
from app.imports.models import Import
from app.imports.pages import PER_PAGE, columns_page, page_of, preview_page
from app.imports.progress import progress_of

bp = Blueprint("imports", __name__)
MAY_IMPORT = (Role.ORGANISER, Role.STATISTICS)
SMALL = 2_000  # rows that are checked and written while somebody waits
AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)
POLLING_ENDS = 286


@bp.get("/importe/")
@office(*MAY_IMPORT)
def index():
    """What was imported, by whom, and what can be."""
    importers = list_importers(current_user.role)
    uploads = queries.list_imports(current_user.municipality, [importer.kind for importer in importers])
    return render("imports/index.html", uploads=uploads, importers={importer.kind: importer for importer in importers})


@bp.get("/importe/neu/<kind>")
@office(*MAY_IMPORT)
def upload(kind: str):
    """The upload form of a kind."""
    return render("imports/upload.html", importer=get_importer(kind, current_user.role), form=UploadForm())


@bp.post("/importe/neu/<kind>")
@office(*MAY_IMPORT)
def upload_post(kind: str):
    """Read the file and go on to its columns."""
    importer, form = get_importer(kind, current_user.role), UploadForm()
    if form.validate():
        try:
            row = services.receive(
                municipality=current_user.municipality,
                importer=importer,
                file_name=form.file.data.filename or "",
                content=form.file.data.read(),
                user=current_user.user,
                now=clock.now(),
            )
            db.session.commit()
            return redirect(url_for("imports.columns", import_id=row.id))
        except RuleBroken as error:
            form.file.errors = [str(error)]
    return render("imports/upload.html", status=422, importer=importer, form=form)


@bp.get("/importe/<int:import_id>")
@office(*MAY_IMPORT)
def detail(import_id: int):
    """Where an upload stands: its preview, its progress, or its columns."""
    row, importer = _mine(import_id)
    if row.state is ImportState.UPLOADED:
        return redirect(url_for("imports.columns", import_id=row.id))
    if row.state in AT_WORK:
        return render("imports/waiting.html", upload=row, importer=importer, progress=_progress(row))
    return render("imports/detail.html", **preview_page(row, importer, current_user.municipality))


@bp.get("/importe/<int:import_id>/zeilen")
@office(*MAY_IMPORT)
def rows(import_id: int):
    """All rows in one state, page by page."""
    row, importer = _mine(import_id)
    state = next((one for one in RowState if one == request.args.get("art")), RowState.REFUSED)
    wanted = request.args.get("seite", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and 0 < len(wanted) < 6 else 1
    page = page_of(row, importer, current_user.municipality, state, max(number, 1))
    return render("imports/rows.html", upload=row, importer=importer, page_shown=page, per_page=PER_PAGE)


@bp.get("/importe/<int:import_id>/abgelehnt.csv")
@office(*MAY_IMPORT)
def refused(import_id: int):
    """The refused rows with their reasons, to be mended and sent again."""
    row, _importer = _mine(import_id)
    refused_rows = queries.list_rows(row, RowState.REFUSED)
    header = [_("Zeile"), _("Grund"), *row.dialect.get("columns", [])]
    table = to_csv(header, ([str(one.number), one.reason, *one.cells] for one in refused_rows))
    name = f"abgelehnt-{row.id}.csv"
    return Response(table, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


@bp.get("/importe/<int:import_id>/spalten")
@office(*MAY_IMPORT)
def columns(import_id: int):
    """How the file was understood, and what its columns mean."""
    row, importer = _mine(import_id)
    return _columns(row, importer, form_with(importer.form, row.choices))


@bp.post("/importe/<int:import_id>/spalten")
@office(*MAY_IMPORT)
def columns_post(import_id: int):
    """Take the meaning of the columns and check the file."""
    row, importer = _mine(import_id)
    form = importer.form()
    importer.prepare(form, current_user.municipality)
    names = row.dialect.get("columns", [])
    keys = {field.key for field in importer.fields(current_user.municipality, names)}
    mapping, problem = mapping_of(request.form, names, keys), None
    if form.validate():
        try:
            choices = choices_of(form)
            services.choose(
                upload=row, importer=importer, mapping=mapping, choices=choices, municipality=current_user.municipality
            )
            return _checked(row, importer)
        except RuleBroken as error:
            problem = str(error)
            db.session.rollback()
            row, importer = _mine(import_id)
    return _columns(row, importer, form, mapping=mapping, problem=problem, status=422)


@bp.post("/importe/<int:import_id>/lesen")
@office(*MAY_IMPORT)
def reread(import_id: int):
    """Read the file again with another sheet, header or decimal sign."""
    row, importer = _mine(import_id)
    form, problem = _reading_form(row, ReadingForm()), None
    if form.validate():
        try:
            services.reread(upload=row, importer=importer, hints=form.hints, municipality=current_user.municipality)
            db.session.commit()
            say(_("Die Datei ist neu gelesen."))
            return redirect(url_for("imports.columns", import_id=row.id))
        except RuleBroken as error:
            problem = str(error)
            db.session.rollback()
            row, importer = _mine(import_id)
    choices = form_with(importer.form, row.choices)
    return _columns(row, importer, choices, reading=form, problem=problem, status=422)


@bp.post("/importe/<int:import_id>/uebernehmen")
@office(*MAY_IMPORT)
def take_over(import_id: int):
    """Write what the preview shows."""
    row, _importer = _mine(import_id)
    services.begin_taking_over(upload=row)
    db.session.commit()
    if row.outcome.get("read", 0) >= SMALL:
        jobs.enqueue(current_app, tasks.take_over_upload, import_id=row.id, user_id=current_user.user.id)
    else:
        tasks.take_over_upload(row.id, current_user.user.id)
        _say_outcome(import_id)
    return redirect(url_for("imports.detail", import_id=import_id))


@bp.post("/importe/<int:import_id>/zuruecknehmen")
@office(*MAY_IMPORT)
def undo(import_id: int):
    """Put back what was there before."""
    row, importer = _mine(import_id)
    try:
        services.undo(
            upload=row,
            importer=importer,
            municipality=current_user.municipality,
            user=current_user.user,
            now=clock.now(),
        )
        db.session.commit()
        say(_("Zurückgenommen. Es steht wieder da, was vorher da war."))
    except RuleBroken as error:
        db.session.rollback()
        say(str(error), "danger")
    return redirect(url_for("imports.detail", import_id=import_id))


@bp.post("/importe/<int:import_id>/verwerfen")
@office(*MAY_IMPORT)
def discard(import_id: int):
    """Forget an upload that was not taken over."""
    row, _importer = _mine(import_id)
    services.discard(upload=row)
    db.session.commit()
    say(_("Die Datei ist verworfen. Es wurde nichts geändert."))
    return redirect(url_for("imports.index"))


@bp.get("/importe/<int:import_id>/fortschritt")
@office(*MAY_IMPORT)
def progress(import_id: int):
    """How far checking or taking over is; the last answer ends the polling and leads on."""
    row, importer = _mine(import_id)
    status = 200 if row.state in AT_WORK else POLLING_ENDS
    return render(
        "imports/waiting.html",
        "imports/_progress.html",
        status=status,
        upload=row,
        importer=importer,
        progress=_progress(row),
    )


def _mine(import_id: int) -> tuple[Import, Importer]:
    """An upload of the municipality whose kind this person may import."""
    row = queries.get_import(current_user.municipality, import_id)
    return row, get_importer(row.kind, current_user.role)


def _checked(row: Import, importer: Importer):
    """Check now what is small, in the worker what is not. A refusal stands beside the columns."""
    if row.dialect["rows"] >= SMALL:
        db.session.commit()
        jobs.enqueue(current_app, tasks.check_upload, import_id=row.id)
    else:
        row = queries.get_import(current_user.municipality, row.id, with_content=True)
        preview = services.examine(
            upload=row, importer=importer, municipality=current_user.municipality, progress=lambda _done, _of: None
        )
        services.keep_preview(upload=row, preview=preview)
        db.session.commit()
    return redirect(url_for("imports.detail", import_id=row.id))


def _columns(row: Import, importer: Importer, form, *, mapping=None, reading=None, problem=None, status=200):
    services.require_open(row)
    importer.prepare(form, current_user.municipality)
    context = columns_page(row, importer, current_user.municipality, mapping)
    reading = reading or _reading_form(row, ReadingForm(formdata=None, data=context["read_as"]))
    return render("imports/columns.html", status=status, form=form, reading=reading, problem=problem, **context)


def _reading_form(row: Import, form: ReadingForm) -> ReadingForm:
    sheets = row.dialect.get("how", {}).get("sheets", [])
    form.sheet.choices = [SelectChoice(name, name) for name in sheets] or [SelectChoice("", "–")]
    return form


def _progress(row: Import) -> tuple[int, int] | None:
    return progress_of(current_app, row.id)


def _say_outcome(import_id: int) -> None:
    row = queries.get_import(current_user.municipality, import_id)
    if row.state is ImportState.DONE:
        say(_("Übernommen. Es ist genau das eingetragen, was die Vorschau gezeigt hat."))
