"""Markdown of a section as a small tree, from which page, PDF and Word are made: no HTML, no pictures, safe links."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

FIRST_HEADING = 3
LAST_HEADING = 6
MOST_NESTED = 30
GENDER_STAR = re.compile(r"(?<=\w)\*(?=\w)")
SAFE_LINKS = ("http://", "https://", "mailto:")


@dataclass
class Node:
    """One piece of prose; `kind` is heading, paragraph, bullets, numbers, item, quote, rule, text, strong, emphasis,
    link or break. Only text and breaks have no children.
    """

    kind: str
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    level: int = 0
    start: int = 1
    href: str = ""


_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "strong_open": "strong",
    "em_open": "emphasis",
    "link_open": "link",
}
_TAGS = {
    "paragraph": "p",
    "bullets": "ul",
    "numbers": "ol",
    "item": "li",
    "quote": "blockquote",
    "strong": "strong",
    "emphasis": "em",
}


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["code", "fence", "backticks", "html_block", "html_inline", "image"])
    parser.validateLink = lambda address: address.strip().lower().startswith(SAFE_LINKS)
    return parser


_markdown = _parser()


def parse(source: str) -> list[Node]:
    """The blocks of a Markdown text. Headings start below the section's own and never skip a level.

    A star inside a word is a gender star („Expert*innen“), never emphasis.
    """
    root = Node("root")
    _grow(root, _markdown.parse(GENDER_STAR.sub(r"\\*", source)))
    _settle_headings(root.children)
    return root.children


def to_html(source: str) -> Markup:
    """The text as HTML in which nothing but our own tags can occur."""
    return Markup("\n").join(_html(node) for node in parse(source))


def to_text(source: str) -> str:
    """The words alone."""
    return "\n".join(filter(None, (words(node) for node in parse(source))))


def count_words(source: str) -> int:
    """How many words a reader reads."""
    return sum(any(letter.isalnum() for letter in word) for word in to_text(source).split())


def _grow(parent: Node, tokens: list[Token]) -> None:
    stack = [parent]
    for token in tokens:
        top = stack[-1]
        if token.type == "inline":
            _grow(top, token.children or [])
        elif token.nesting == 1:
            stack.append(_opened(token, top) if len(stack) < MOST_NESTED else top)
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "hr":
            top.children.append(Node("rule"))
        elif token.type == "hardbreak":
            top.children.append(Node("break"))
        else:
            _add_text(top, " " if token.type == "softbreak" else token.content)


def _opened(token: Token, parent: Node) -> Node:
    node = Node(_KINDS[token.type])
    parent.children.append(node)
    if node.kind == "heading":
        node.level = int(token.tag[1])
    elif node.kind == "numbers":
        node.start = int(token.attrs.get("start", 1))
    elif node.kind == "link":
        node.href = str(token.attrs["href"])
    return node


def _add_text(parent: Node, text: str) -> None:
    if parent.children and parent.children[-1].kind == "text":
        parent.children[-1].text += text
    elif text:
        parent.children.append(Node("text", text=text))


def _settle_headings(blocks: list[Node]) -> None:
    headings = list(_headings(blocks))
    ranks = {level: rank for rank, level in enumerate(sorted({heading.level for heading in headings}))}
    above = FIRST_HEADING - 1
    for heading in headings:
        heading.level = min(FIRST_HEADING + ranks[heading.level], above + 1, LAST_HEADING)
        above = heading.level


def _headings(nodes: list[Node]):
    for node in nodes:
        if node.kind == "heading":
            yield node
        else:
            yield from _headings(node.children)


def _html(node: Node) -> Markup:
    if node.kind == "text":
        return escape(node.text)
    if node.kind == "rule":
        return Markup("<hr>")
    if node.kind == "break":
        return Markup("<br>")
    inner = Markup("").join(_html(child) for child in node.children)
    if node.kind == "heading":
        return Markup("<h{level}>{inner}</h{level}>").format(level=node.level, inner=inner)
    if node.kind == "link":
        return Markup('<a class="kern-link" href="{}" rel="noopener">{}</a>').format(node.href, inner)
    if node.kind == "numbers" and node.start != 1:
        return Markup('<ol start="{}">{}</ol>').format(node.start, inner)
    return Markup("<{tag}>{inner}</{tag}>").format(tag=_TAGS[node.kind], inner=inner)


def words(node: Node) -> str:
    """The words of one piece."""
    if node.kind in {"text", "break"}:
        return node.text or " "
    inline = node.kind in {"paragraph", "heading", "strong", "emphasis", "link"}
    return ("" if inline else "\n").join(words(child) for child in node.children)
