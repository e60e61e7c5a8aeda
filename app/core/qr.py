"""QR codes, through qrcode: as an SVG picture, and as modules for those who draw themselves."""

from markupsafe import Markup
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage

QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks: without it phones miss the code


def qr_svg(text: str) -> Markup:
    """An SVG element, dark on white in both colour schemes; its size comes from where it is put."""
    drawn = _code(text).make_image(image_factory=SvgPathFillImage).to_string(encoding="unicode")
    drawn = drawn.replace(' id="qr-path"', "")  # a page may show several
    return Markup(drawn)  # noqa: S704 -- drawn by the library, the text is in the modules alone


def qr_modules(text: str) -> list[list[bool]]:
    """The dark modules row by row, with the quiet zone."""
    return _code(text).get_matrix()


def _code(text: str) -> QRCode:
    """15 % of the code may be dirty or torn off."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    return code
