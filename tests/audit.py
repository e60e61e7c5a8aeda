"""A test client that looks at every page it fetches as a strict reviewer would."""

from urllib.parse import urlsplit

from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from lxml import html
from werkzeug.test import TestResponse

SIGNED_IN_AT = "began"


class AuditingClient(FlaskClient):
    """Audits full HTML pages; `submit` posts like a form of ours, with its token."""

    def open(self, *args, **kwargs) -> TestResponse:
        """Request and audit."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data.lstrip().startswith(b"<!doctype"):
            audit(response.get_data(as_text=True))
        return response

    def sign_in(self, membership_id: int) -> "AuditingClient":
        """Begin a session for a membership without the sign-in page; returns itself."""
        from app.core import clock

        with self.session_transaction() as session:
            session.clear()
            session["_user_id"] = str(membership_id)
            session["_fresh"] = True
            session["began"] = session["seen"] = int(clock.now().timestamp())
        return self

    def submit(self, path: str, data: dict | None = None, **kwargs) -> TestResponse:
        """Post a form together with the CSRF token of this client's session."""
        return self.post(path, data={**(data or {}), "csrf_token": self.csrf_token()}, **kwargs)

    def csrf_token(self) -> str:
        """A token that fits this client's session."""
        with self.application.test_request_context(), self.session_transaction() as session:
            from flask import g
            from flask import session as request_session

            if "csrf_token" in session:
                request_session["csrf_token"] = session["csrf_token"]
            g.pop("csrf_token", None)
            token = generate_csrf()
            session["csrf_token"] = request_session["csrf_token"]
        return token


def audit(page: str) -> None:
    """Fail when a page breaks what every page must keep."""
    document = html.document_fromstring(page)
    assert document.get("lang"), "page without language"
    assert len(document.findall(".//h1")) == 1, f"{len(document.findall('.//h1'))} h1 elements"
    assert (document.findtext(".//title") or "").strip(), "page without title"
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for element in document.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        _audit_control(document, element)
    for form in document.findall(".//form"):
        assert (form.get("action") or "").startswith(("/", "?")), f"form without action: {html.tostring(form)[:200]}"
        if form.get("method", "get").lower() == "post":
            assert form.xpath(".//input[@name='csrf_token']"), f"form without token: {form.get('action')}"
    for name in ("style", "onclick", "onload", "onsubmit", "onchange"):
        assert not document.xpath(f"//@{name}"), f"inline {name}"
    assert not [s for s in document.findall(".//script") if not s.get("src")], "inline script"
    for address in document.xpath("//@src | //link/@href"):
        assert not urlsplit(address).netloc, f"third party: {address}"
    for reference in document.xpath("//@aria-describedby | //@aria-labelledby"):
        assert set(reference.split()) <= set(ids), f"reference to missing id: {reference}"
    for image in document.findall(".//img"):
        assert image.get("alt") is not None, "image without alternative text"


def _audit_control(document, element) -> None:
    if element.get("aria-label") or element.get("aria-labelledby"):
        return
    identifier = element.get("id")
    labelled = identifier and document.xpath("//label[@for=$id]", id=identifier)
    assert labelled or any(element.iterancestors("label")), f"control without label: {html.tostring(element)[:200]}"
