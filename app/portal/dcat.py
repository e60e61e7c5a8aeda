"""The data sets of a municipality as a catalogue in DCAT-AP.de 2.0 (RDF/XML), for data portals to collect.

Namespaces, mandatory properties and code lists: https://www.dcat-ap.de/def/dcatde/2.0/spec/. Every dataset names
title, description, publisher, theme, period, place and provenance; every distribution its address, format and licence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"
EU = "http://publications.europa.eu/resource/authority/"
LICENCE = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
MUNICIPAL = "http://dcat-ap.de/def/politicalGeocoding/Level/municipality"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

for prefix, address in NAMESPACES.items():
    ElementTree.register_namespace(prefix, address)


@dataclass(frozen=True)
class Publisher:
    """Who publishes, and how to reach them."""

    name: str
    page: str
    email: str


@dataclass(frozen=True)
class File:
    """A way to get a dataset: `format` is a code of the EU's file types, `media_type` one of IANA's."""

    title: str
    url: str
    format: str
    media_type: str


@dataclass(frozen=True)
class Dataset:
    """What is described: `period` are first and last reference date, `frequency` a code of the EU's list."""

    key: str
    title: str
    description: str
    keywords: Sequence[str]
    provenance: str
    frequency: str
    files: Sequence[File]
    period: tuple[date, date] | None = None
    issued: date | None = None
    modified: date | None = None


@dataclass(frozen=True)
class Catalogue:
    """The catalogue at its own address; `page` explains it to people."""

    url: str
    page: str
    title: str
    description: str
    publisher: Publisher
    datasets: Sequence[Dataset]


def to_rdf(catalogue: Catalogue) -> bytes:
    """The catalogue as RDF/XML."""
    root = ElementTree.Element(_name("rdf:RDF"))
    node = _node(root, "dcat:Catalog", catalogue.url)
    _described(node, catalogue.title, catalogue.description)
    _link(node, "dct:publisher", _publisher_id(catalogue))
    _link(node, "dct:license", LICENCE)
    _link(node, "dct:language", EU + "language/DEU")
    _link(node, "foaf:homepage", catalogue.page)
    _link(node, "dcat:themeTaxonomy", EU + "data-theme")
    _date(node, "dct:modified", max((one.modified for one in catalogue.datasets if one.modified), default=None))
    for dataset in catalogue.datasets:
        _link(node, "dcat:dataset", _id(catalogue, dataset.key))
    agent = _node(root, "foaf:Agent", _publisher_id(catalogue))
    _text(agent, "foaf:name", catalogue.publisher.name)
    for dataset in catalogue.datasets:
        _dataset(root, catalogue, dataset)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _dataset(root: ElementTree.Element, catalogue: Catalogue, dataset: Dataset) -> None:
    node = _node(root, "dcat:Dataset", _id(catalogue, dataset.key))
    _described(node, dataset.title, dataset.description)
    _text(node, "dct:identifier", _id(catalogue, dataset.key))
    _link(node, "dct:publisher", _publisher_id(catalogue))
    _contact(node, catalogue.publisher)
    for keyword in dataset.keywords:
        _text(node, "dcat:keyword", keyword, german=True)
    _link(node, "dcat:theme", EU + "data-theme/SOCI")
    _link(node, "dct:language", EU + "language/DEU")
    _link(node, "dct:accessRights", EU + "access-right/PUBLIC")
    _link(node, "dct:accrualPeriodicity", EU + "frequency/" + dataset.frequency)
    _link(node, "dcatde:politicalGeocodingLevelURI", MUNICIPAL)
    _link(node, "dcat:landingPage", catalogue.page)
    _text(_within(node, "dct:spatial", "dct:Location"), "skos:prefLabel", catalogue.publisher.name, german=True)
    if dataset.period:
        period = _within(node, "dct:temporal", "dct:PeriodOfTime")
        _date(period, "dcat:startDate", dataset.period[0])
        _date(period, "dcat:endDate", dataset.period[1])
    _text(_within(node, "dct:provenance", "dct:ProvenanceStatement"), "rdfs:label", dataset.provenance, german=True)
    _date(node, "dct:issued", dataset.issued)
    _date(node, "dct:modified", dataset.modified)
    for file in dataset.files:
        _link(node, "dcat:distribution", file.url + "#datei")
        _distribution(root, catalogue, dataset, file)


def _distribution(root: ElementTree.Element, catalogue: Catalogue, dataset: Dataset, file: File) -> None:
    node = _node(root, "dcat:Distribution", file.url + "#datei")
    _text(node, "dct:title", file.title, german=True)
    _link(node, "dcat:accessURL", file.url)
    _link(node, "dcat:downloadURL", file.url)
    _link(node, "dct:license", LICENCE)
    _text(node, "dcatde:licenseAttributionByText", catalogue.publisher.name, german=True)
    _link(node, "dct:format", EU + "file-type/" + file.format)
    _link(node, "dcat:mediaType", MEDIA_TYPES + file.media_type)
    _link(node, "dcatap:availability", EU + "planned-availability/AVAILABLE")
    _date(node, "dct:issued", dataset.issued)
    _date(node, "dct:modified", dataset.modified)


def _contact(node: ElementTree.Element, publisher: Publisher) -> None:
    card = _within(node, "dcat:contactPoint", "vcard:Organization")
    _text(card, "vcard:fn", publisher.name)
    _link(card, "vcard:hasURL", publisher.page)
    if publisher.email:
        _link(card, "vcard:hasEmail", "mailto:" + publisher.email)


def _id(catalogue: Catalogue, key: str) -> str:
    return f"{catalogue.url}#{key}"


def _publisher_id(catalogue: Catalogue) -> str:
    return f"{catalogue.publisher.page}#herausgeber"


def _name(qualified: str) -> str:
    prefix, local = qualified.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _node(parent: ElementTree.Element, kind: str, about: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, _name(kind), {_name("rdf:about"): about})


def _within(parent: ElementTree.Element, relation: str, kind: str) -> ElementTree.Element:
    return ElementTree.SubElement(ElementTree.SubElement(parent, _name(relation)), _name(kind))


def _described(node: ElementTree.Element, title: str, description: str) -> None:
    _text(node, "dct:title", title, german=True)
    _text(node, "dct:description", description, german=True)


def _text(node: ElementTree.Element, relation: str, text: str, *, german: bool = False) -> None:
    ElementTree.SubElement(node, _name(relation), {XML_LANG: "de"} if german else {}).text = text


def _link(node: ElementTree.Element, relation: str, target: str) -> None:
    ElementTree.SubElement(node, _name(relation), {_name("rdf:resource"): target})


def _date(node: ElementTree.Element, relation: str, day: date | None) -> None:
    if day is not None:
        ElementTree.SubElement(node, _name(relation), {_name("rdf:datatype"): XSD_DATE}).text = day.isoformat()
