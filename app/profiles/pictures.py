"""Charts and maps of the pages for paper: the same SVG, with the colours the stylesheet gives it on screen."""

from markupsafe import Markup

STYLE = """
path,rect,circle{stroke-linejoin:round}
.tt-map__area{fill:#1b3a5c;stroke:#fff;stroke-width:3}
.tt-map__area--0{fill:#6b7280;fill-opacity:.12}
.tt-map__area--1{fill-opacity:.18}.tt-map__area--2{fill-opacity:.35}.tt-map__area--3{fill-opacity:.6}
.tt-map__area--4{fill-opacity:.82}.tt-map__area--5{fill-opacity:1}
.is-marked{stroke:#b3261e;stroke-width:12}
.tt-map__hatch{stroke:none}
.tt-map__pattern{fill:#16191d;fill-opacity:.35;stroke:#16191d;stroke-opacity:.35;stroke-width:1}
.tt-map__label{font-family:"Fira Sans";font-size:26px;font-weight:600;text-anchor:middle;dominant-baseline:central;
fill:#16191d;stroke:#fff;stroke-width:5px;paint-order:stroke}
.tt-chart__line{fill:none;stroke:#1b3a5c;stroke-width:2.5}
.tt-chart__town{fill:none;stroke:#6b7280;stroke-width:2;stroke-dasharray:5 4}
.tt-chart__dot{fill:#1b3a5c}
.tt-chart__sign{font-family:"Fira Sans";font-size:15px;font-weight:600;text-anchor:middle;fill:#16191d}
"""


def standing_alone(svg: Markup) -> str:
    """An inline SVG of ours as a document of its own, with its style in it; empty stays empty."""
    if not svg:
        return ""
    opened, rest = str(svg).split(">", 1)  # a plain string: Markup would escape what is put in
    named = opened.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{named}><style>{STYLE}</style>{rest}"
