"""Acts of the imports floor: receive a file, say what it would do, do exactly that, take it back."""

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.imports import queries
from app.imports.enums import ImportState, RowState
from app.imports.importer import Checked, Importer, Mapping, Progress, columns_of
from app.imports.models import Import, ImportRow, RememberedMapping
from app.imports.reading import NO_HINTS, Hints
from app.imports.sheets import Sheet

KEPT_FOR = timedelta(days=30)
SAMPLES = 3
GONE = "Die Datei ist nicht mehr da. Laden Sie sie noch einmal hoch."


def receive(
    *, municipality: Municipality, importer: Importer, file_name: str, content: bytes, user: User | None, now: datetime
) -> Import:
    """Keep an uploaded file with how it was understood and what its columns seem to mean.

    Columns that were assigned before under the same header mean the same again. Raises RuleBroken for a file that
    cannot be read.
    """
    sheet = importer.read(content, NO_HINTS, municipality)
    upload = Import(
        municipality_id=municipality.id,
        kind=importer.kind,
        file_name=file_name[:160] or "ohne Namen",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=now,
        uploaded_by_id=user.id if user else None,
    )
    db.session.add(upload)
    _understand(upload, importer, sheet, municipality, NO_HINTS)
    db.session.flush()
    return upload


def reread(*, upload: Import, importer: Importer, hints: Hints, municipality: Municipality) -> None:
    """Read the file again as a person corrected it. Raises RuleBroken when it cannot be read so."""
    require_open(upload)
    _understand(upload, importer, importer.read(upload.content, hints, municipality), municipality, hints)
    upload.state = ImportState.UPLOADED
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == upload.id))


def _understand(upload: Import, importer: Importer, sheet: Sheet, municipality: Municipality, hints: Hints) -> None:
    remembered = queries.find_remembered(municipality, signature(importer.kind, sheet.columns))
    fields = {one.key for one in importer.fields(municipality, sheet.columns)}
    upload.mapping = importer.propose(sheet, municipality)
    if remembered:
        upload.mapping = {
            column: key for column, key in remembered.mapping.items() if column in sheet.columns and key in fields
        }
        upload.choices = remembered.choices
    upload.dialect = {
        "how": sheet.dialect.to_json(),
        "columns": sheet.columns,
        "samples": {column: _samples(sheet, column) for column in sheet.columns},
        "rows": len(sheet.records),
        "titles": [list(title) for title in sheet.titles],
        "hints": {"sheet": hints.sheet, "header": list(hints.header or ()), "comma": hints.comma},
        "remembered": bool(remembered),
    }


def _samples(sheet: Sheet, column: str) -> list[str]:
    filled = (record.cells.get(column, "")[:40] for record in sheet.records if record.cells.get(column))
    return [cell for _, cell in zip(range(SAMPLES), filled, strict=False)]


def signature(kind: str, columns: list[str]) -> str:
    """What makes files alike: the same kind and the same header."""
    return hashlib.sha256("\0".join([kind, *columns]).encode()).hexdigest()


def choose(*, upload: Import, importer: Importer, mapping: Mapping, choices: dict, municipality: Municipality) -> None:
    """Say what the columns mean and what holds for the whole file; the check comes next, and it is remembered.

    Raises RuleBroken for a required field without column and for two columns that cannot mean the same.
    """
    require_open(upload)
    columns = upload.dialect["columns"]
    for field in importer.fields(municipality, columns):
        chosen = columns_of(mapping, field.key)
        if field.required and not chosen:
            raise RuleBroken(f"Wählen Sie die Spalte für „{field.label}“.")
        if len(chosen) > 1 and not field.several:
            raise RuleBroken(f"Nur eine Spalte kann „{field.label}“ bedeuten, gewählt sind: {', '.join(chosen)}.")
    upload.mapping, upload.choices = mapping, choices
    upload.state = ImportState.CHECKING
    _remember(upload, municipality)
    db.session.flush()


def _remember(upload: Import, municipality: Municipality) -> None:
    """A day belongs to one file; everything else probably holds for the next one, too."""
    key = signature(upload.kind, upload.dialect["columns"])
    row = queries.find_remembered(municipality, key)
    if row is None:
        row = RememberedMapping(municipality_id=municipality.id, signature=key)
        db.session.add(row)
    row.mapping = upload.mapping
    row.choices = {name: value for name, value in upload.choices.items() if not _is_day(value)}


def _is_day(value) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def examine(*, upload: Import, importer: Importer, municipality: Municipality, progress: Progress) -> dict:
    """What taking the file over would do, ready for `keep_preview`. Only reads. Raises RuleBroken."""
    if upload.content is None:
        raise RuleBroken(GONE)
    hints = upload.dialect["hints"]
    corrected = Hints(hints["sheet"], tuple(hints["header"]) or None, hints["comma"])
    sheet = importer.read(upload.content, corrected, municipality)
    checked = importer.check(sheet, upload.mapping, upload.choices, municipality, progress)
    return preview_of(sheet, checked)


def preview_of(sheet: Sheet, checked: Checked) -> dict:
    """Rows and outcome of a check. What was refused and looks like a total or footnote is left out instead."""
    asides = {record.number: record.aside for record in sheet.records if record.aside}
    left_out = [[number, "Zeile über dem Tabellenkopf", text] for number, text in sheet.titles]
    rows = []
    for row in checked.rows:
        if row.state is RowState.REFUSED and row.number in asides:
            left_out.append([row.number, asides[row.number], " · ".join(filter(None, row.cells))])
        else:
            rows.append(row)
    return {
        "rows": rows,
        "outcome": {
            "read": len(rows),
            "created": sum(row.created for row in rows),
            "updated": sum(row.updated for row in rows),
            "same": sum(row.same for row in rows),
            "refused": len({row.number for row in rows if row.state is RowState.REFUSED}),
            "notes": [*sheet.notes, *checked.notes],
            "left_out": left_out,
            "plan": checked.plan,
        },
    }


def keep_preview(*, upload: Import, preview: dict) -> None:
    """Store what a check found, in place of what an earlier one did."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == upload.id))
    rows = [
        {
            "import_id": upload.id,
            "number": row.number,
            "state": row.state,
            "reason": row.reason,
            "cells": row.cells,
            "changes": row.changes,
        }
        for row in preview["rows"]
    ]
    if rows:
        db.session.execute(insert(ImportRow), rows)
    upload.outcome = preview["outcome"]
    upload.state = ImportState.CHECKED
    db.session.flush()


def fail(*, upload: Import, reason: str) -> None:
    """Note why a check or taking over came to nothing; the file stays, so that it can be tried again."""
    upload.outcome = {**upload.outcome, "reason": reason}
    upload.state = ImportState.FAILED


def begin_taking_over(*, upload: Import) -> None:
    """Mark an upload as being taken over. Raises RuleBroken when there is nothing to take or no preview."""
    if upload.state not in (ImportState.CHECKED, ImportState.RUNNING):
        raise RuleBroken("Diese Datei ist nicht geprüft. Prüfen Sie sie zuerst, dann sehen Sie, was sie ändern würde.")
    if not upload.outcome.get("created") and not upload.outcome.get("updated"):
        raise RuleBroken("In dieser Datei ist nichts neu oder geändert. Es gibt nichts zu übernehmen.")
    upload.state = ImportState.RUNNING


def take_over(
    *, upload: Import, importer: Importer, municipality: Municipality, user: User | None, now: datetime
) -> None:
    """Write exactly what the preview shows and let the file go. Raises RuleBroken when the tables moved on since.

    Starting it twice does it once.
    """
    take_turn(Municipality, municipality.id)
    db.session.refresh(upload)
    if upload.state is not ImportState.RUNNING:
        return
    outcome = upload.outcome
    kept = importer.apply(
        queries.all_changes(upload),
        plan=outcome["plan"],
        choices=upload.choices,
        municipality=municipality,
        user=user,
        now=now,
    )
    upload.outcome = {**outcome, "kept": kept}
    upload.content, upload.state, upload.finished_at = None, ImportState.DONE, now
    sentence = (
        f"„{upload.file_name}“ übernommen ({importer.things}): {outcome['created']} neu, {outcome['updated']} geändert."
    )
    note_act(municipality_id=municipality.id, user=user, action="import.taken_over", sentence=sentence, now=now)
    db.session.flush()


def undo(*, upload: Import, importer: Importer, municipality: Municipality, user: User | None, now: datetime) -> None:
    """Put back exactly what was there before. Raises RuleBroken when something newer changed it."""
    take_turn(Municipality, municipality.id)
    db.session.refresh(upload)
    if upload.state is not ImportState.DONE:
        raise RuleBroken("Zurücknehmen lässt sich nur, was übernommen wurde.")
    importer.revert(
        queries.all_changes(upload),
        kept=upload.outcome.get("kept", {}),
        municipality=municipality,
        user=user,
        now=now,
    )
    upload.state, upload.undone_at = ImportState.UNDONE, now
    sentence = f"Import „{upload.file_name}“ zurückgenommen ({importer.things})."
    note_act(municipality_id=municipality.id, user=user, action="import.undone", sentence=sentence, now=now)
    db.session.flush()


def discard(*, upload: Import) -> None:
    """Forget an upload that was not taken over, with its file and preview."""
    if upload.state in (ImportState.RUNNING, ImportState.DONE, ImportState.UNDONE):
        raise RuleBroken("Was übernommen wurde, lässt sich nicht verwerfen. Nehmen Sie den Import zurück.")
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == upload.id))
    db.session.delete(upload)
    db.session.flush()


def require_open(upload: Import) -> None:
    """Raise RuleBroken unless the columns of an upload can still be assigned."""
    if upload.state in (ImportState.RUNNING, ImportState.DONE, ImportState.UNDONE):
        raise RuleBroken("Dieser Import ist schon abgeschlossen. Laden Sie die Datei noch einmal hoch.")
    if not upload.dialect:
        raise RuleBroken(GONE)
