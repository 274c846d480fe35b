# ruff: noqa: E501  # sources stand in one line each
"""Input that once broke something: each stays mended."""

from __future__ import annotations

import contextlib
import io
import json
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest
import torch

from gradekit.errors import UsageError
from gradekit.judge.source import Module, added_imports, forbidden_names
from gradekit.judge.template import is_attempt
from gradekit.judge.tokens import read_token
from gradekit.judge.verdict import Verdict
from gradekit.lab import Forbid, Imports, Mistake, close
from gradekit.plugins import load_plugins
from gradekit.report import feedback, verdicts
from gradekit.report.batch import Batch
from gradekit.submissions.find import find_batches
from gradekit.submissions.readers import gradekit_read_submission, notebook
from gradekit.submissions.tree import MAX_BYTES, Leaf, zip_tree
from gradekit.wire.values import (
    Odd,
    Payload,
    WiredList,
    WiredTensor,
    WireError,
    pack,
    unpack,
)

P = load_plugins()
LAB = P.labs["softmax_regression"]
S = "def softmax(X): pass\nclass SoftmaxRegression: pass\n"
RULE = Forbid(("torch.nn.GRU", "torch.softmax"), (), "p", 1, "r")


def read(leaf):
    return gradekit_read_submission(Path(leaf.name), leaf.read())


def packed(members, kind=zipfile.ZIP_DEFLATED):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w", kind) as z:
        for k, v in members.items():
            z.writestr(k, v)
    return b.getvalue()


def students(path, data):
    path.write_bytes(data)
    [(_, found)] = find_batches(path, P.labs, LAB, read)
    return [(f.student, f.problem) for f in found]


def nb(source):
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {
                    "id": "a",
                    "cell_type": "code",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": source,
                }
            ],
        }
    ).encode()


def used(s):
    return forbidden_names(Module.parse(s), RULE, ["f"])


def test_bulk_zip_folder_per_student(tmp_path) -> None:
    """Bulk zip folder per student."""
    n = "softmax_regression.py"
    assert students(tmp_path / "class.zip", packed({f"alice/{n}": S, f"bob/{n}": S})) == [
        ("alice", ""),
        ("bob", ""),
    ]


def test_bulk_zip_of_zips(tmp_path) -> None:
    """Bulk zip of zips."""
    z = packed({"softmax_regression.py": S})
    assert students(tmp_path / "class.zip", packed({"alice.zip": z, "bob.zip": z})) == [
        ("alice", ""),
        ("bob", ""),
    ]


def test_bulk_zip_with_one_top_folder(tmp_path) -> None:
    """Bulk zip with one top folder."""
    assert students(tmp_path / "class.zip", packed({"cls/alice.py": S, "cls/bob.py": S})) == [
        ("alice", ""),
        ("bob", ""),
    ]


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_corrupt_compressed_data_is_a_problem(kind) -> None:
    """Corrupt compressed data is a problem."""
    data = bytearray(packed({"a.py": S * 30}, kind))
    start = 30 + len("a.py") + (9 if kind == zipfile.ZIP_LZMA else 0)
    data[start : start + 8] = b"\xff" * 8
    assert zip_tree(Leaf("x.zip", data=bytes(data))).problem


def test_corrupt_utf8_member_name_is_a_problem() -> None:
    """Corrupt utf8 member name is a problem."""
    data = packed({"学.py": S}).replace("学".encode(), b"\xff\xff\xff")
    assert zip_tree(Leaf("x.zip", data=data)).problem


def test_total_size_of_a_zip_is_capped() -> None:
    """Total size of a zip is capped."""
    inner = packed({f"m{i}.py": bytes(MAX_BYTES) for i in range(30)})
    data = packed({"a.zip": inner, "b.zip": inner})
    tree = zip_tree(Leaf("x.zip", data=data))
    assert sum(len(leaf.data) for leaf in tree.walk()) <= 64 << 20, f"{len(data)} bytes became this"


def test_tensors_that_overlap_cost_no_more_than_the_payload() -> None:
    """Tensors that overlap cost no more than the payload."""
    tracemalloc.start()
    with contextlib.suppress(WireError):
        unpack(WiredList([WiredTensor(5, [1 << 20], 0)] * 100), memoryview(bytes(1 << 20)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_empty_tensor_with_overflowing_shape_is_a_wire_error() -> None:
    """Empty tensor with overflowing shape is a wire error."""
    with contextlib.suppress(WireError):
        unpack(WiredTensor(0, [1 << 32, 1 << 32, 0], 0), memoryview(b""))


def test_meta_tensor_is_odd() -> None:
    """Meta tensor is odd."""
    assert isinstance(pack(torch.empty(3, device="meta"), Payload()), Odd)


def test_deep_expression_does_not_void() -> None:
    """Deep expression does not void."""
    assert used("def f():\n    return " + "+".join(["1"] * 1200)) == []


def test_memory_error_does_not_void() -> None:
    """Memory error does not void."""
    assert is_attempt("-" * 20000 + "1", "x = 1")


def test_memory_error_does_not_stop_the_batch(tmp_path) -> None:
    """Memory error does not stop the batch."""
    (tmp_path / "a.py").write_text("-" * 20000 + "1")
    (tmp_path / "b.py").write_text(S)
    assert find_batches(tmp_path, P.labs, None, read)


def test_local_class_shadows_import() -> None:
    """Local class shadows import."""
    assert (
        used(
            "import torch.nn as nn\nfrom torch.nn import GRU\nclass GRU(nn.Module): pass\ndef f(): return GRU(1)"
        )
        == []
    )


def test_alias_inside_a_self_test_is_local() -> None:
    """Alias inside a self test is local."""
    assert (
        used(
            "import torch.nn as nn\nclass GRU(nn.Module): pass\ndef f(): return GRU(1)\ndef check():\n    from torch.nn import GRU\n    GRU(3)"
        )
        == []
    )


def test_assignment_alias_inside_a_self_test_is_local() -> None:
    """Assignment alias inside a self test is local."""
    assert (
        used(
            "import torch\ndef softmax(x): return x\ndef f(x): return softmax(x)\ndef check():\n    softmax = torch.softmax\n    softmax(1)"
        )
        == []
    )


def test_unused_module_level_alias_for_a_self_test() -> None:
    """Unused module level alias for a self test."""
    assert (
        used(
            "import torch\nreference = torch.softmax\ndef f(x): return x\ndef check(): return reference(1)"
        )
        == []
    )


def test_async_return_annotation() -> None:
    """Async return annotation."""
    assert used("import torch.nn as nn\nasync def f() -> nn.GRU: pass") == []


def test_not_equal_main_is_no_main_guard() -> None:
    """Not equal main is no main guard."""
    m = Module.parse("if __name__ != '__main__':\n    import sklearn\n")
    assert added_imports(m, Imports(1), Module.parse("")) != []


def test_else_of_main_guard_runs() -> None:
    """Else of main guard runs."""
    m = Module.parse("if __name__ == '__main__':\n    pass\nelse:\n    import sklearn\n")
    assert added_imports(m, Imports(1), Module.parse("")) != []


def test_renamed_import_module() -> None:
    """Renamed import module."""
    assert used("from importlib import import_module as im\ndef f(): return im('torch.nn').GRU(1)")


def test_percent_at_line_start_is_no_magic() -> None:
    """Percent at line start is no magic."""
    assert notebook(nb("x = (7\n     % 4)"), "a.ipynb") == "x = (7\n     % 4)"


def test_time_cell_is_python() -> None:
    """Time cell is python."""
    assert "class GRU" in notebook(nb("%%time\nclass GRU: pass"), "a.ipynb")


def test_assigned_shell_line() -> None:
    """Assigned shell line."""
    compile(notebook(nb("gpus = !nvidia-smi\nt = %time 1"), "a.ipynb"), "a", "exec")


def test_magic_like_line_in_a_string() -> None:
    """Magic like line in a string."""
    assert notebook(nb('s = """\n!hello\n"""'), "a.ipynb") == 's = """\n!hello\n"""'


def test_surrogate_names_are_written(tmp_path) -> None:
    """Surrogate names are written."""
    verdicts.gradekit_write_report(
        Batch(LAB, (Verdict("\udcc4\udce3", "graded", 1.0, 1.0),), 0, "0"), tmp_path
    )


def test_long_chinese_names_are_written(tmp_path) -> None:
    """Long chinese names are written."""
    feedback.gradekit_write_report(
        Batch(LAB, (Verdict("学" * 85, "graded", 1.0, 1.0),), 0, "0"), tmp_path
    )


def test_feedback_files_never_meet(tmp_path) -> None:
    """Feedback files never meet."""
    b = Batch(LAB, tuple(Verdict(n, "graded", 1.0, 1.0) for n in ("x", "X", "X-2")), 0, "0")
    feedback.gradekit_write_report(b, tmp_path)
    assert len(list((tmp_path / "feedback").iterdir())) == 3


def test_a_mistake_does_not_inherit_its_reason() -> None:
    """A mistake does not inherit its reason."""

    class Ref:
        """The reference."""

    class Bad(Ref):
        def a(self):
            pass

    assert Mistake(Bad, points=1).reason == ""


def test_equal_infinities_beside_rounding_are_close() -> None:
    """Equal infinities beside rounding are close."""
    close(torch.tensor([float("inf"), 1 + 1e-6]), torch.tensor([float("inf"), 1.0]), "x", 1e-5)


def test_the_element_told_is_one_that_violates() -> None:
    """The element told is one that violates."""
    with pytest.raises(AssertionError, match=r"at \(0,\), allowed 0.001"):
        close(torch.tensor([1.0, 2.0]), torch.tensor([1.1, 2.5]), "x", torch.tensor([1e-3, 1.0]))


def test_mistyped_token_is_wrong_usage() -> None:
    """Mistyped token is wrong usage."""
    for text in ("hsnjeaeeaabqcbiceabmwqaiaaaaaaaaaa",):
        with pytest.raises(UsageError):
            read_token(LAB, text)


def test_plugin_named_like_another_module(tmp_path) -> None:
    """Plugin named like another module."""
    p = tmp_path / "calendar.py"
    p.write_text("raise RuntimeError('mine')")
    assert load_plugins((p,)).broken


def test_plugin_that_exits_is_named(tmp_path) -> None:
    """Plugin that exits is named."""
    p = tmp_path / "gk_exits.py"
    p.write_text("import sys; sys.exit(3)")
    try:
        assert load_plugins((p,)).broken
    except SystemExit:
        pytest.fail("SystemExit ends gradekit")


def test_plugin_that_imports_gradekit_labs(tmp_path) -> None:
    """Plugin that imports gradekit labs."""
    p = tmp_path / "gk_imports.py"
    p.write_text("import gradekit_labs")
    [text] = load_plugins((p,)).broken
    assert "implements no hook" in text


def test_same_member_twice_is_told_apart(tmp_path) -> None:
    """Same member twice is told apart."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        b = io.BytesIO()
        with zipfile.ZipFile(b, "w") as z:
            for _ in range(2):
                z.writestr("alice.py", S)
            z.writestr("bob.py", S)
    names = [s for s, _ in students(tmp_path / "class.zip", b.getvalue())]
    assert len(set(names)) == len(names)
