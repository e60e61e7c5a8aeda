"""QR codes as SVG, through qrcode."""

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_svg(address: str) -> str:
    """An SVG picture of a QR code that leads to an address, with its quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data(address)
    picture = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(picture)
    return picture.getvalue().decode()
