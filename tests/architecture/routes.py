"""Every route of the application with an address that leads somewhere real."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from tests.factories import Town

SAFE = {"GET", "HEAD", "OPTIONS"}


def every_route(app: Flask, kind: str | None = None, method: str | None = None) -> Iterator[Rule]:
    """Rules whose view declares `kind` (public, token, office) and that take `method`."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if rule.endpoint == "static" or (kind and (access is None or access.kind != kind)):
            continue
        if method is None or method in rule.methods:
            yield rule


def address(rule: Rule, town: Town) -> str:
    """The rule's path with the town's ids filled in; where the town has no such thing, an id that may not exist."""
    values = {
        "slug": town.slug,
        "conference_id": town.conference,
        "topic_id": town.topic,
        "table_id": town.table,
        "institution_id": town.institution,
        "indicator_id": town.indicator,
        "area_id": town.social_area,
        "scheme_id": town.scheme,
        "group_id": town.group,
        "index_id": town.index,
        "clearance_id": town.clearance,
        "import_id": town.upload,
        "offer_id": town.offer,
        "need_link_id": town.need_link,
        "assessment_id": town.assessment,
        "format_id": town.format,
        "series_id": town.series,
        "room_id": town.room,
        "member_id": town.member,
        "task_id": town.task,
        "item_id": town.material,
        "invitation_id": town.invitation,
        "registration_id": town.registration,
        "mailing_id": town.mailing,
        "request_id": town.request,
        "code": "01" if rule.rule.startswith("/k/") else town.code,
        "token": town.wall_token,
        "filename": "css/thementisch.css",
    }
    known = {name: values.get(name, 1 if converts_to_int(rule, name) else "fehlt") for name in rule.arguments}
    return rule.build(known, append_unknown=False)[1]


def converts_to_int(rule: Rule, name: str) -> bool:
    """Whether an argument of the rule is a number."""
    return f"<int:{name}>" in rule.rule
