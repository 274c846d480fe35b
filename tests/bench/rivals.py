"""Other graders on gru_lyrics, each as its users start it: one process per submission.

pytest, gradescope-utils and otter-grader run the same six checks at the same six sizes, so what
differs is the grader. Each has the layout that its users have; what they do once per assignment
(laying out files, zipping otter's tests) happens in `prepare` and is not meant to be timed.
`Rival.grade` is. Run as a script, this times each rival on a few samples.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "submissions" / "gru_lyrics"
FILE = "rnn_hard_version.py"
RESULTS = "results.json"
LIMIT_S = 120
# Right ones of three styles, and wrong ones that fail at least one of the six tests.
RIGHT = ("right_separate_linear", "right_fused_zrh", "right_einsum")
WRONG = ("state-not-updated", "state-detached", "lagging-output", "state-ignored", "cat-for-stack")

CHECKS = """
import torch

torch.set_num_threads(1)
SIZES = [(2, 4, 3, 4), (3, 3, 4, 2), (1, 3, 2, 3), (4, 5, 2, 5), (3, 1, 2, 3), (2, 2, 4, 4)]

def cases(GRU):
    for b, s, i, h in SIZES:
        torch.manual_seed(b * s)
        yield GRU(i, h).double(), torch.randn(b, s, i).double(), torch.randn(1, b, h).double()

def check_shape(layer, x, state):
    y, new = layer(x, state)
    assert y.shape == (*x.shape[:2], state.shape[2])
    assert new.shape == state.shape

def check_last_output(layer, x, state):
    y, new = layer(x, state)
    torch.testing.assert_close(y[:, -1], new[0])

def check_chunks(layer, x, state):
    if x.shape[1] > 1:
        first, middle = layer(x[:, :1], state)
        rest, _ = layer(x[:, 1:], middle)
        torch.testing.assert_close(torch.cat([first, rest], 1), layer(x, state)[0])

def check_causal(layer, x, state):
    other = x.clone()
    other[:, -1] += 1
    torch.testing.assert_close(layer(other, state)[0][:, :-1], layer(x, state)[0][:, :-1])

def check_rows(layer, x, state):
    flipped, _ = layer(x.flip(0), state.flip(1))
    torch.testing.assert_close(flipped, layer(x, state)[0].flip(0))

def check_gradients(layer, x, state):
    x.requires_grad_(), state.requires_grad_()
    assert torch.autograd.gradcheck(lambda a, b: layer(a, b), (x, state))
"""
TITLES = {
    "shape": "Outputs are (B, S, H) and the state keeps its shape",
    "last_output": "The last output is the state",
    "chunks": "Two chunks with the state carried equal the whole",
    "causal": "An output depends on no later input",
    "rows": "The rows of a batch are independent",
    "gradients": "The gradients of inputs and state are right",
}

PYTEST = """
def test_{name}():
    for case in cases(GRU):
        check_{name}(*case)
"""
UNITTEST = '''
    @weight(1)
    def test_{name}(self):
        """{title}"""
        for case in cases(GRU):
            check_{name}(*case)
'''
OTTER = """
@test_case(name="{title}", points=1)
def test_{name}(GRU):
    for case in cases(GRU):
        check_{name}(*case)
"""
RUN_TESTS = f"""
import unittest
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover("tests")
    with open("{RESULTS}", "w") as stream:
        JSONTestRunner(visibility="visible", stream=stream).run(suite)
"""


def run(command: Sequence[str], place: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with bytecode kept as everywhere else.

    Where PYTHONDONTWRITEBYTECODE is set, pytest rewrites hypothesis's plugin at each start: a
    second that nobody pays who has not set it.
    """
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        command, cwd=place, env=env, capture_output=True, text=True, timeout=LIMIT_S
    )


@dataclass(frozen=True)
class Rival:
    """A grader that is started once per submission, in the submission's own folder."""

    name: str
    command: tuple[str, ...]
    folder: Path  # holds a folder per student
    read: Callable[[str, Path], tuple[float, float]]  # points and most points, of a finished run

    def grade(self, student: str) -> float:
        """Run once; return how many of the six tests passed, RuntimeError if they did not run."""
        place = self.folder / student
        (place / RESULTS).unlink(missing_ok=True)
        done = run(self.command, place)
        points, most = self.read(done.stdout, place)
        if most != len(TITLES):
            raise RuntimeError(
                f"{self.name} on {student}: {most:g} of {len(TITLES)} tests ran, "
                f"exit code {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
            )
        return points


def _read_summary(stdout: str, place: Path) -> tuple[float, float]:
    """Read pytest's last line: `1 failed, 5 passed in 1.23s`."""
    last = (stdout.strip().splitlines() or [""])[-1]
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed)", last)}
    return counts.get("passed", 0), sum(counts.values())


def _read_results(stdout: str, place: Path) -> tuple[float, float]:
    """Read Gradescope's results.json, which two of the rivals write."""
    path = place / RESULTS
    tests = json.loads(path.read_text("utf-8"))["tests"] if path.exists() else []
    points = sum(test.get("score", 0) for test in tests)
    return points, sum(test.get("max_score", 0) for test in tests)


def _tests(head: str, form: str) -> str:
    """Return a test file that holds the six checks, each in the rival's form."""
    forms = (form.format(name=name, title=title) for name, title in TITLES.items())
    return CHECKS + head + "".join(forms)


def _lay_out(folder: Path, samples: Mapping[str, str], beside: Mapping[str, str]) -> None:
    """Write a folder per student: the submission and what stands beside it."""
    for student, source in samples.items():
        for name, text in {FILE: source, **beside}.items():
            path = folder / student / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def pytest_rival(folder: Path, samples: Mapping[str, str]) -> Rival:
    """`python -m pytest` with the tests beside the submission."""
    head = "from rnn_hard_version import GRU\n"
    _lay_out(folder, samples, {"test_gru.py": _tests(head, PYTEST)})
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_gru.py")
    return Rival("pytest", command, folder, _read_summary)


def gradescope_rival(folder: Path, samples: Mapping[str, str]) -> Rival:
    """`python run_tests.py`, as a Gradescope container runs it after copying the submission."""
    head = (
        "import unittest\n"
        "from gradescope_utils.autograder_utils.decorators import weight\n"
        "from rnn_hard_version import GRU\n\n"
        "class TestGRU(unittest.TestCase):\n"
    )
    beside = {"run_tests.py": RUN_TESTS, "tests/test_gru.py": _tests(head, UNITTEST)}
    _lay_out(folder, samples, beside)
    return Rival("gradescope-utils", (sys.executable, "run_tests.py"), folder, _read_results)


def otter_rival(folder: Path, samples: Mapping[str, str]) -> Rival:
    """`otter run`, which grades a script in a Jupyter kernel without docker.

    The zip that holds the tests is made once, as `otter generate` makes it for an assignment.
    """
    _lay_out(folder, samples, {})
    assignment = folder / "assignment"
    (assignment / "tests").mkdir(parents=True)
    head = "from otter.test_files import test_case\n\nOK_FORMAT = False\nname = 'gru'\n"
    (assignment / "tests" / "gru.py").write_text(_tests(head, OTTER), "utf-8")
    otter = (sys.executable, "-m", "otter")
    run((*otter, "generate"), assignment).check_returncode()
    command = (*otter, "run", "-a", str(assignment / "autograder.zip"), "-o", ".", FILE)
    return Rival("otter-grader", command, folder, _read_results)


# What builds a rival, the modules that it needs, and the package that brings them.
RIVALS = {
    "pytest": (pytest_rival, ("pytest",), "pytest"),
    "gradescope-utils": (gradescope_rival, ("gradescope_utils",), "gradescope-utils"),
    "otter-grader": (otter_rival, ("otter", "ipykernel"), "otter-grader[grading]"),
}


def prepare(folder: Path, samples: Mapping[str, str]) -> list[Rival]:
    """Lay out samples (student: source) below an empty folder; return the rivals installed here."""
    rivals = []
    for name, (build, modules, package) in RIVALS.items():
        if all(find_spec(module) for module in modules):
            rivals.append(build((folder / name).resolve(), samples))
        else:
            print(f"{name} is left out: {package} is not installed", file=sys.stderr)
    return rivals


def main() -> None:
    """Print each rival's seconds and points on three right and two wrong samples."""
    students = (*RIGHT, *WRONG[:2])
    samples = {student: (SAMPLES / student / FILE).read_text("utf-8") for student in students}
    with tempfile.TemporaryDirectory() as place:
        for rival in prepare(Path(place), samples):
            rival.grade(students[0])  # fills caches that one start leaves to the next
            start = time.perf_counter()
            points = {student: rival.grade(student) for student in students}
            seconds = (time.perf_counter() - start) / len(students)
            listed = ", ".join(f"{student} {got:g}" for student, got in points.items())
            print(f"{rival.name:18}{seconds:6.2f} s per submission  of {len(TITLES)}: {listed}")
            wrong = [s for s in students if (points[s] == len(TITLES)) != (s in RIGHT)]
            if wrong:
                raise SystemExit(f"{rival.name} takes right for wrong or wrong for right: {wrong}")


if __name__ == "__main__":
    main()
