"""Python files and notebooks as source text, in whatever encoding they come."""

from __future__ import annotations

import ast
import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.errors import SubmissionError
from gradekit.submissions.readers import gradekit_read_submission

FUZZ = settings(max_examples=100, deadline=None, derandomize=True, database=None)
SOURCE = 'name = "张三"  # 学号\n'


def read(data: bytes, name: str = "a.py") -> str:
    """Return what the readers make of a file."""
    text = gradekit_read_submission(Path(name), data)
    assert text is not None
    return text


def notebook(*cells: str | list[str], kind: str = "code") -> bytes:
    """Return a notebook with these cells."""
    listed = []
    for number, source in enumerate(cells):
        cell = {"id": f"c{number}", "cell_type": kind, "metadata": {}, "source": source}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        listed.append(cell)
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": listed}
    return json.dumps(book).encode()


@pytest.mark.parametrize(
    "data",
    [
        SOURCE.encode(),
        SOURCE.encode("utf-8-sig"),
        SOURCE.encode("gbk"),
        SOURCE.encode("utf-16"),
        codecs.BOM_UTF16_BE + SOURCE.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with a byte order mark", "gbk", "utf-16", "utf-16 big endian"],
)
def test_encodings_are_told_apart(data: bytes) -> None:
    """The same text comes out, without a byte order mark."""
    assert read(data) == SOURCE


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "latin-1"])
@pytest.mark.parametrize("before", ["", "#!/usr/bin/env python\n"])
def test_a_coding_line_is_obeyed_and_blanked(encoding: str, before: str) -> None:
    """The text is decoded already; Python must not decode it again. Lines keep their numbers."""
    word = "é" if encoding == "latin-1" else "张三"
    text = f'{before}# -*- coding: {encoding} -*-\nx = "{word}"\n'
    source = read(text.encode(encoding))
    assert source == f'{before}#\nx = "{word}"\n'
    assert ast.parse(source.encode())


@pytest.mark.parametrize("encoding", ["no-such-code", "rot13", "hex", "undefined", "idna"])
def test_a_wrong_coding_line_is_passed_over(encoding: str) -> None:
    """Codecs that do not exist or are no text encodings change nothing."""
    text = f'# coding: {encoding}\nx = "张三"\n'
    assert 'x = "张三"' in read(text.encode())
    assert 'x = "张三"' in read(text.encode("gbk"))


def test_line_ends_become_one_kind() -> None:
    """Windows and old Mac line ends are lines too."""
    assert read(b"a = 1\r\nb = 2\rc = 3\n") == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize("name", ["a.py", "A.PY", "a.Py"])
def test_python_files_are_known_by_their_ending(name: str) -> None:
    """Upper and lower case are one."""
    assert read(b"x = 1", name) == "x = 1"


@pytest.mark.parametrize("name", ["a.txt", "a", "a.py.docx", "py"])
def test_other_kinds_are_left_to_others(name: str) -> None:
    """None lets another plugin try."""
    assert gradekit_read_submission(Path(name), b"x = 1") is None


def test_zero_bytes_are_no_text() -> None:
    """A program or a disk image with the ending .py is refused."""
    with pytest.raises(SubmissionError, match=r"a\.py is no text: it holds zero bytes"):
        read(b"x = 1\0")


def test_what_is_neither_utf_8_nor_gbk_is_refused() -> None:
    """The student learns what to do."""
    with pytest.raises(SubmissionError, match="neither UTF-8 nor GBK; save it as UTF-8"):
        read(b"x = '\xff\xff\xff'\n")


def test_code_cells_are_joined() -> None:
    """Text cells are left out, lists of lines are one text."""
    book = json.loads(notebook("x = 1", ["y = 2\n", "z = 3"]))
    text = json.loads(notebook("# a title", kind="markdown"))["cells"][0] | {"id": "text"}
    book["cells"].insert(1, text)
    assert read(json.dumps(book).encode(), "a.ipynb") == "x = 1\n\ny = 2\nz = 3"


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip install torch", "?print", "torch.nn?", "torch.nn.GRU??", "  !ls"],
)
def test_magics_and_shell_lines_are_passed_over(line: str) -> None:
    """They become a statement that does nothing; lines keep their numbers."""
    indent = " " * (len(line) - len(line.lstrip()))
    opening = "if True:" if indent else "pass"
    source = read(notebook(f"{opening}\n{line}\n{indent}x = 1"), "a.ipynb")
    lines = source.split("\n")
    assert lines[1] == f"{indent}pass  # {line.strip()}"
    assert lines[2] == f"{indent}x = 1"
    assert ast.parse(source)


def test_a_cell_in_another_language_is_passed_over() -> None:
    """A whole cell of shell is no Python."""
    assert read(notebook("%%bash\nls -l\n", "x = 1"), "a.ipynb") == "\n\nx = 1"


def test_a_remainder_in_a_line_is_no_magic() -> None:
    """Only a line that starts with the sign is one."""
    source = "x = 7 % 4\ny = x != 3\nz = '%d' % x"
    assert read(notebook(source), "a.ipynb") == source


def test_an_old_notebook_is_read() -> None:
    """Cells without ids, and format 3 with its work sheets, still count."""
    book = json.loads(notebook("x = 1"))
    del book["cells"][0]["id"]
    book["nbformat_minor"] = 2
    assert read(json.dumps(book).encode(), "a.ipynb") == "x = 1"
    cell = {
        "cell_type": "code",
        "language": "python",
        "input": "y = 2",
        "outputs": [],
        "metadata": {},
    }
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}
    assert read(json.dumps(old).encode(), "a.ipynb") == "y = 2"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x = 1",
        b"[]",
        b"null",
        b"{}",
        b'{"nbformat": 99}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 1}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}',
        b"[" * 100_000,
    ],
    ids=lambda data: data[:20].decode(),
)
def test_what_is_no_notebook_is_told(data: bytes) -> None:
    """A broken notebook is the student's to mend."""
    with pytest.raises(SubmissionError, match=r"a\.ipynb is no notebook that can be read"):
        read(data, "a.ipynb")


@FUZZ
@given(st.binary(max_size=120), st.sampled_from(["a.py", "a.ipynb"]))
def test_random_bytes_are_text_or_refused(data: bytes, name: str) -> None:
    """Nothing but a SubmissionError comes out of a reader."""
    try:
        text = read(data, name)
    except SubmissionError:
        return
    assert text.encode().decode() == text
