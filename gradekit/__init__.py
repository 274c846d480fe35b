"""gradekit grades deep-learning labs: it names the mistake and proves it.

Theory of operation. Two processes hold two halves of the truth:

- The *judge* is trusted. It holds the plugin, the reference, the mistakes and the seed; it
  draws the cases, compares what comes back, explains it, owns the clock and the verdict.
- A *runner* holds one submission and the lab's drive functions, nothing else. It is forked from
  the *zygote*, a warm process that has imported torch once, and confined before the first byte
  of the student's file is read.

Between them go cases one way and outcomes the other, as msgpack with raw tensors, capped and
typed; the judge never imports, unpickles or evaluates what a runner sent. No answer, a crash,
a time-out or a strange answer is a failed check. A fault of ours voids the verdict instead.

What lives where: `lab` what an author writes, `judge` the trusted half, `runner` the untrusted
one, `wire` what goes between, `engine` where judges run, `submissions` how files are found and
read, `store` what a batch remembers, `report` what is written at the end, `cli` the commands.
Arrows point one way: cli -> engine -> judge -> (lab, wire); cli -> report -> store; runner ->
wire; judge and runner never import each other.
"""

from gradekit.errors import JudgeError, LabError, SubmissionError, UsageError
from gradekit.hookspecs import hookimpl
from gradekit.lab import (
    Convention,
    Forbid,
    Free,
    Gradients,
    Imports,
    Lab,
    Mistake,
    OnlyInTodo,
    Part,
    Property,
    Symptom,
    Violation,
)

__version__ = "0.1.0"

__all__ = [
    "Convention",
    "Forbid",
    "Free",
    "Gradients",
    "Imports",
    "JudgeError",
    "Lab",
    "LabError",
    "Mistake",
    "OnlyInTodo",
    "Part",
    "Property",
    "SubmissionError",
    "Symptom",
    "UsageError",
    "Violation",
    "__version__",
    "hookimpl",
]
