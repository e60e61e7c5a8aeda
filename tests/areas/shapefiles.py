"""Zipped Shapefiles as offices send them."""

import io
import zipfile

import shapefile
from pyproj import CRS

IN_25832 = [[361200, 5707200], [361200, 5708300], [361900, 5708300], [361900, 5707200], [361200, 5707200]]


def layer(*rings, encoding: str = "utf-8", name: str = "Sülz") -> dict[str, bytes]:
    """The members of a Shapefile with code, name and a number, one polygon per ring."""
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    writer = shapefile.Writer(shp=shp, shx=shx, dbf=dbf, encoding=encoding)
    writer.field("CODE", "C", 8)
    writer.field("NAME", "C", 40)
    writer.field("EW", "N", 12, 2)
    for number, ring in enumerate(rings or [IN_25832], start=1):
        writer.poly([ring])
        writer.record(f"0{number}", name, 1200)
    writer.close()
    return {".shp": shp.getvalue(), ".shx": shx.getvalue(), ".dbf": dbf.getvalue()}


def zipped(members: dict[str, bytes], folder: str = "daten/gebiete") -> bytes:
    """A ZIP file; members are named by their ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, content in members.items():
            archive.writestr(folder + ending, content)
    return out.getvalue()


def prj(code: int) -> bytes:
    """A projection as ESRI software writes it."""
    return CRS.from_epsg(code).to_wkt("WKT1_ESRI").encode()
