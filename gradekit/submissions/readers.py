"""The bundled readers: Python files in UTF-8 or GBK, and notebooks."""

from __future__ import annotations

import ast
import codecs
import re
import tokenize
import warnings
from io import BytesIO
from pathlib import Path

import nbformat

from gradekit.errors import SubmissionError
from gradekit.hookspecs import hookimpl

__all__ = ["gradekit_read_submission"]

MAGIC = re.compile(r"^\s*([%!?]|[\w.]+\?{1,2}\s*$)")
ASSIGNED = re.compile(r"^\s*([\w., ]+?)\s*=\s*[%!]")
PYTHON_CELLS = ("%%time", "%%timeit", "%%capture", "%%prun")


@hookimpl
def gradekit_read_submission(path: Path, data: bytes) -> str | None:
    """Return the source in a .py or .ipynb file."""
    suffix = path.suffix.lower()
    if suffix == ".py":
        return decode(data, path.name)
    if suffix == ".ipynb":
        return notebook(data, path.name)
    return None


def decode(data: bytes, name: str) -> str:
    """Return text that is UTF-8, what its coding line says, or GBK.

    Raises: SubmissionError when it is none of them.
    """
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SubmissionError(f"{name} is no text: it holds zero bytes")
    encodings = ["utf-8-sig", "gbk"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings.insert(0, "utf-16")
    try:
        encodings.insert(1, tokenize.detect_encoding(BytesIO(data).readline)[0])
    except SyntaxError:
        pass  # its coding line is wrong: the usual ones are tried
    for encoding in encodings:
        try:
            return _without_coding_line(data.decode(encoding))
        except (UnicodeError, LookupError):
            continue
    raise SubmissionError(f"{name} is neither UTF-8 nor GBK; save it as UTF-8")


def _without_coding_line(text: str) -> str:
    """Blank out a coding line: the text is decoded already."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number in range(min(2, len(lines))):
        if re.match(r"^[ \t\f]*#.*?coding[:=]", lines[number]):
            lines[number] = "#"
    return "\n".join(lines)


def notebook(data: bytes, name: str) -> str:
    """Return a notebook's code cells as one source, without magics and shell lines.

    Raises: SubmissionError when it is no notebook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old notebooks lack cell ids; nothing to do here
            book = nbformat.reads(decode(data, name), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
        cells = [cell for cell in book.cells if cell.cell_type == "code"]
        texts = ["".join(cell.source) for cell in cells]
    except SubmissionError:
        raise
    except Exception as error:
        raise SubmissionError(f"{name} is no notebook that can be read: {error}") from error
    return "\n\n".join(_without_magics(text) for text in texts)


def _without_magics(text: str) -> str:
    """Return a cell without what only IPython understands; valid Python stays as it is."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].lstrip().startswith("%%"):
        if lines[first].split()[0] not in PYTHON_CELLS:
            return ""  # a whole cell in another language
        lines[first] = "pass"
    if _is_python("\n".join(lines)):
        return "\n".join(lines)
    return "\n".join(_plain_line(line) for line in lines)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _plain_line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if MAGIC.match(line):
        return f"{indent}pass  # {line.strip()}"
    assigned = ASSIGNED.match(line)
    return f"{indent}{assigned.group(1)} = None" if assigned else line
