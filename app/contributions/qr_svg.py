"""QR codes as SVG for pages: sharp at any size, dark on light in both colour schemes."""

from markupsafe import Markup
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage


def qr_svg(text: str) -> Markup:
    """A QR code of a text as an SVG element; its size comes from the page."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathFillImage)
    code.add_data(text)
    drawn = code.make_image().to_string(encoding="unicode").replace(' id="qr-path"', "")  # a page may show several
    return Markup(drawn.replace(' id="qr-path"', ""))  # noqa: S704 -- drawn by the library, the text is in the modules alone
