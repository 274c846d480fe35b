"""Seconds per submission: gradekit against `python -m pytest` once per submission.

Both grade the same right samples of gru_lyrics in one run on this machine, one job each. pytest
runs six like tests: shape, last output, chunks, causality, rows, gradcheck. Alternating order;
the median over rounds and the ratio are printed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "submissions" / "gru_lyrics"
CHOSEN = (
    "right_separate_linear",
    "right_raw_parameters",
    "right_fused_zrh",
    "right_cat_xh",
    "right_cudnn_two_biases",
    "right_einsum",
    "right_recursive",
    "right_delta_blend",
)
ROUNDS = 3
TESTS = """
import pytest, torch
from rnn_hard_version import GRU

torch.set_num_threads(1)
SIZES = [(2, 4, 3, 4), (3, 3, 4, 2), (1, 3, 2, 3), (4, 5, 2, 5), (3, 1, 2, 3), (2, 2, 4, 4)]

@pytest.fixture(params=SIZES)
def case(request):
    b, s, i, h = request.param
    torch.manual_seed(b * s)
    return GRU(i, h).double(), torch.randn(b, s, i).double(), torch.randn(1, b, h).double()

def test_shape(case):
    layer, x, state = case
    y, new = layer(x, state)
    assert y.shape == (*x.shape[:2], state.shape[2]) and new.shape == state.shape

def test_last_output_is_the_state(case):
    layer, x, state = case
    y, new = layer(x, state)
    torch.testing.assert_close(y[:, -1], new[0])

def test_chunks(case):
    layer, x, state = case
    y, _ = layer(x, state)
    if x.shape[1] > 1:
        a, mid = layer(x[:, :1], state)
        b, _ = layer(x[:, 1:], mid)
        torch.testing.assert_close(torch.cat([a, b], 1), y)

def test_causal(case):
    layer, x, state = case
    other = x.clone()
    other[:, -1] += 1
    torch.testing.assert_close(layer(other, state)[0][:, :-1], layer(x, state)[0][:, :-1])

def test_rows(case):
    layer, x, state = case
    y, _ = layer(x, state)
    torch.testing.assert_close(layer(x.flip(0), state.flip(1))[0], y.flip(0))

def test_gradients(case):
    layer, x, state = case
    x.requires_grad_(), state.requires_grad_()
    assert torch.autograd.gradcheck(lambda a, b: layer(a, b), (x, state))
"""


def with_gradekit(folder: Path) -> float:
    """Return the seconds that gradekit takes for the whole folder."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "gradekit", "grade", folder, "--lab", "gru_lyrics"]
    subprocess.run([*map(str, command), "--jobs", "1"], check=True, capture_output=True)
    return time.perf_counter() - start


def with_pytest(folder: Path) -> float:
    """Return the seconds that pytest takes, started once per submission."""
    start = time.perf_counter()
    for student in sorted(folder.iterdir()):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests.py"]
        subprocess.run(command, check=True, capture_output=True, cwd=student)
    return time.perf_counter() - start


def main() -> None:
    """Print seconds per submission of both, and their ratio."""
    with tempfile.TemporaryDirectory() as place:
        graded, tested = Path(place) / "graded", Path(place) / "tested"
        for name in CHOSEN:
            source = (SAMPLES / name / "rnn_hard_version.py").read_text("utf-8")
            for folder in (graded, tested):
                (folder / name).mkdir(parents=True)
                (folder / name / "rnn_hard_version.py").write_text(source, "utf-8")
            (tested / name / "tests.py").write_text(TESTS, "utf-8")
        pairs = [(with_gradekit(graded), with_pytest(tested)) for _ in range(ROUNDS)]
    ours = statistics.median(pair[0] for pair in pairs) / len(CHOSEN)
    theirs = statistics.median(pair[1] for pair in pairs) / len(CHOSEN)
    print(f"{len(CHOSEN)} right submissions of gru_lyrics, one job, median of {ROUNDS} rounds")
    print(f"gradekit (start included)       {ours:6.2f} s per submission")
    print(f"pytest once per submission      {theirs:6.2f} s per submission")
    print(f"ratio                           {theirs / ours:6.1f}")


if __name__ == "__main__":
    main()
