"""How a mail looks on the wire: headers, text, and a calendar entry that mail programs recognise as one.

Gmail and Outlook show a date as an invitation only when it stands beside the text as `text/calendar` with the same
method in the part's header as inside the file; Apple Mail and the rest open the attached file. So both are there.
"""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr

from email_validator import EmailNotValidError, validate_email

ICS_NAME = "termin.ics"


def compose(
    *,
    sender: str,
    recipient: str,
    subject: str,
    body: str,
    calendar: str | None,
    message_id: str,
    now: datetime,
) -> EmailMessage:
    """One mail to one address, ready to send. Raises ValueError for a header of several lines or a bad address."""
    address = wire_address(recipient)
    mail = EmailMessage((SMTP if address.isascii() else SMTPUTF8).clone(cte_type="7bit"))
    name, sender_address = parseaddr(sender)
    mail["From"] = Address(name, addr_spec=sender_address)
    mail["To"] = Address(username=address.rpartition("@")[0], domain=address.rpartition("@")[2])
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"  # out-of-office replies stay at home (RFC 3834)
    mail.set_content(body)
    if calendar:
        _attach(mail, calendar)
    return mail


def wire_address(address: str) -> str:
    """An address as mail servers take it: the domain in its ASCII form, the part before the @ as it is."""
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(f"Ungültige E-Mail-Adresse: {error}") from None
    return f"{checked.local_part}@{checked.ascii_domain}"


def method_of(calendar: str) -> str:
    """The METHOD a calendar file declares; PUBLISH when it declares none."""
    found = re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.M)
    return found[1] if found else "PUBLISH"


def _attach(mail: EmailMessage, calendar: str) -> None:
    data = calendar.encode()
    mail.add_alternative(data, maintype="text", subtype="calendar", cte="base64")
    part = mail.get_payload()[-1]
    part.set_param("charset", "utf-8")
    part.set_param("method", method_of(calendar))
    mail.add_attachment(data, maintype="application", subtype="ics", filename=ICS_NAME)
