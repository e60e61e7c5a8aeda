"""How mails are worded safely: greetings, and text reduced to harmless lines.

A name that looks like a header or a page of text stays a name.
"""

import unicodedata


def salutation(title: str, last_name: str, full_name: str) -> str:
    """„Sehr geehrte Frau Terhorst,“ – or a greeting that guesses nothing."""
    forms = {"Frau": "Sehr geehrte Frau", "Herr": "Sehr geehrter Herr"}
    if title in forms and last_name:
        return f"{forms[title]} {last_name},"
    return f"Guten Tag {full_name}," if full_name else "Guten Tag,"


def one_line(text: str) -> str:
    """Text as a single line without control or direction characters."""
    return " ".join("".join(" " if _is_control(character) else character for character in text).split())


def plain_text(text: str) -> str:
    """Text of several lines with ordinary line ends and nothing invisible in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if c == "\t" or not _is_control(c)) for line in lines)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"} or character in "\u202a\u202b\u202c\u202d\u202e"
