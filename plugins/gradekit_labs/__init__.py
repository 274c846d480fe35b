"""The bundled labs, one folder each.

Theory of operation. A folder holds `lab.py` (the values that make the lab), `properties.py`,
`mistakes.py` (the reference with one step done wrong), `drives.py` (cases and how they exercise
a submission) and `template/` (what students start from). The judge imports all of it; the
process with student code imports `drives.py` alone, so drives import no reference, no mistake
and no property. This package's own import loads nothing, for the same reason.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from gradekit.hookspecs import hookimpl

if TYPE_CHECKING:
    from gradekit.lab import Lab

NAMES = (
    "attention_reversal",
    "bert_self_attention",
    "cnn_numpy",
    "gru_lyrics",
    "linear_regression",
    "softmax_regression",
)


@hookimpl
def gradekit_labs() -> list[Lab]:
    """Return the bundled labs."""
    return [importlib.import_module(f"{__name__}.{name}.lab").LAB for name in NAMES]
