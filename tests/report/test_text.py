"""Text from submissions, escaped for where it goes."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.text import MAX_LINE, as_json, cell, cut, file_name, markdown, plain

FUZZ = settings(max_examples=200, deadline=None, derandomize=True, database=None)
ANY = st.text(st.characters(), max_size=60)


def hidden(text: str) -> list[str]:
    """Return the characters that change what stands around them."""
    kinds = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    return [c for c in text if c not in "\n\t" and unicodedata.category(c) in kinds]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a\u200bb", r"a\u200bb"),
        ("a\rb", r"a\rb"),
        ("a\x00b", r"a\x00b"),
        ("a\u2028b", r"a\u2028b"),
        ("\ud800", r"\ud800"),
        ("a\tb\nc", "a\tb\nc"),
        ("张三 é ß ☺", "张三 é ß ☺"),
    ],
)
def test_plain_makes_hidden_characters_visible(text: str, shown: str) -> None:
    """Colours, direction marks and control characters are shown, letters stay."""
    assert plain(text) == shown


@FUZZ
@given(ANY)
def test_plain_leaves_nothing_hidden(text: str) -> None:
    """Whatever comes in, a terminal shows what comes out, and UTF-8 can write it."""
    assert hidden(plain(text)) == []
    assert plain(text).encode("utf-8").decode("utf-8") == plain(text)


def test_cut_makes_one_line() -> None:
    """Line ends and runs of spaces become one space."""
    assert cut("  a\n\nb\t c \n") == "a b c"


def test_cut_ends_with_a_mark() -> None:
    """What is left out is seen to be; what fits stays whole."""
    assert cut("x" * MAX_LINE) == "x" * MAX_LINE
    assert cut("x" * (MAX_LINE + 1)) == "x" * (MAX_LINE - 1) + "…"
    assert cut("abcdef", 4) == "abc…"


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "  =1", "=1\n2"],
)
def test_a_cell_is_no_formula(text: str) -> None:
    """A spreadsheet takes it for text."""
    assert cell(text).startswith("'")
    assert "\n" not in cell(text)


@pytest.mark.parametrize("text", ["alice", "张三", "a=b", "1-2", ""])
def test_a_harmless_cell_stays(text: str) -> None:
    """Names that are no formula are as they were."""
    assert cell(text) == text


@FUZZ
@given(ANY)
def test_no_cell_starts_a_formula(text: str) -> None:
    """No text at all gets through."""
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;", "&amp;lt;"),
        ("[x](http://evil)", "\\[x\\](http&#8203;://evil)"),
        ("![x](y)", r"\!\[x\](y)"),
        ("a | b", r"a \| b"),
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        ("`code`", r"\`code\`"),
        ("# title", r"\# title"),
        ("\\| x", r"\\\| x"),
        ("a\n\n# b", r"a \# b"),
        ("张三", "张三"),
    ],
)
def test_markdown_is_escaped(text: str, escaped: str) -> None:
    """HTML, links, tables, titles and emphasis are shown as they were typed."""
    assert markdown(text) == escaped


@FUZZ
@given(ANY)
def test_markdown_has_no_mark_of_its_own(text: str) -> None:
    """Every mark that Markdown reads is escaped, and no tag is opened."""
    bare = re.sub(r"\\[\\`*_{}\[\]|#!~]", "", markdown(text))
    assert not re.search(r"[\\`*_{}\[\]|#!~<>\n]", bare)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("alice", "alice"),
        ("张三 2021-01", "张三 2021-01"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/", "_"),
        ("a/b\\c", "a_b_c"),
        ("..", "unnamed"),
        (".hidden", "hidden"),
        ("", "unnamed"),
        ("a\x00b", "a_x00b"),
        ("<script>", "_script_"),
        ('c:"*?|', "c_____"),
    ],
)
def test_file_names_are_safe(text: str, name: str) -> None:
    """No name leaves its folder, hides or is refused by a file system."""
    assert file_name(text) == name


@FUZZ
@given(ANY)
def test_every_text_has_a_file_name(text: str) -> None:
    """One part of a path, not hidden, never empty."""
    name = file_name(text)
    assert name
    assert not name.startswith((".", " "))
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|]', name)
    assert len(name) <= 100


@FUZZ
@given(ANY)
def test_json_means_the_same_and_is_harmless(text: str) -> None:
    """Escaped, a JSON text says what it said, and no control or direction mark is left."""
    raw = json.dumps({"text": text}, ensure_ascii=False)
    shown = as_json(raw)
    assert json.loads(shown) == {"text": text}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", shown)
