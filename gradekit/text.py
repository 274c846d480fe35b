"""Text that comes from a submission is data: cut it, and escape it for where it goes."""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["as_json", "cell", "cut", "file_name", "markdown", "plain"]

MAX_LINE = 400
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """Return text that a terminal shows as it is: control and direction marks made visible."""
    return "".join(c if c == "\n" or c == "\t" or _harmless(c) else _visible(c) for c in text)


def _harmless(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _visible(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def cut(text: str, limit: int = MAX_LINE) -> str:
    """Return one line of at most `limit` characters."""
    line = " ".join(plain(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def cell(text: str) -> str:
    """Return text for a CSV cell that no spreadsheet takes for a formula."""
    line = cut(text, 2000)
    return "'" + line if line.startswith(_FORMULA) else line


def markdown(text: str, limit: int = MAX_LINE) -> str:
    """Return text for Markdown: no HTML, no links, no table cells of its own."""
    escaped = html.escape(cut(text, limit), quote=False)
    escaped = re.sub(r"([\\`*_{}\[\]|#!~])", r"\\\1", escaped)
    return re.sub(r"(?i)(https?|ftp|mailto|www)([:.])", r"\1&#8203;\2", escaped)


def as_json(text: str) -> str:
    """Return JSON text that a terminal shows as it is, and that means the same."""
    return "".join(c if c == "\n" or _harmless(c) else _escaped(c) for c in text)


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def file_name(text: str) -> str:
    """Return a name that is one file in one folder on any system."""
    kept = re.sub(r"[^\w.\- ]", "_", plain(text)).strip(". ")
    return kept.encode()[:120].decode("utf-8", "ignore") or "unnamed"
