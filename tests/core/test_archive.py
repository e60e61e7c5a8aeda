"""Backup and restore: the same rows and files, and no mail leaves by itself afterwards."""

import pytest
from sqlalchemy import select

from app.accounts.models import Municipality
from app.core import archive, storage
from app.core.mail import MailMessage, MailState, release, write_mail
from app.extensions import db
from tests import factories


def test_restore_brings_back_rows_and_files_and_holds_back_mails(app, tmp_path):
    with app.app_context():
        factories.municipality("vorher", "Vorher")
        release(write_mail(recipient="a@b.example", subject="S", body="T", now=factories.NOW))
        db.session.commit()
        (storage.folder("files") / "papier.pdf").write_bytes(b"pdf")
        archive.write(tmp_path / "sicherung.tar.gz")
        db.session.add(Municipality(slug="nachher", name="Nachher"))
        db.session.commit()
        (storage.folder("files") / "papier.pdf").unlink()

        held = archive.read(tmp_path / "sicherung.tar.gz")

        assert held == 1
        assert db.session.scalars(select(Municipality.slug)).all() == ["vorher"]
        assert db.session.scalars(select(MailMessage.state)).all() == [MailState.DRAFT]
        assert (storage.folder("files") / "papier.pdf").read_bytes() == b"pdf"


def test_a_file_that_is_no_archive_is_refused(app, tmp_path):
    (tmp_path / "x.tar.gz").write_text("kein Archiv")

    with app.app_context(), pytest.raises(archive.ArchiveError, match="Sicherungsarchiv"):
        archive.read(tmp_path / "x.tar.gz")
