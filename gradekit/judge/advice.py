"""What to do next about the errors that students meet most."""

from __future__ import annotations

__all__ = ["advice"]

ADVICE = {
    "EOFError": "Nobody sits at a keyboard while your code is graded: remove input().",
    "BdbQuit": "Nobody sits at a debugger while your code is graded: remove breakpoint().",
    "ModuleNotFoundError": "Only the lab's file is loaded, with what the lab allows to import.",
    "FileNotFoundError": "No other file is there while your code is graded; read none.",
    "NotImplementedError": "Fill in what the template leaves open.",
    "TimeLimit": "Look for a loop that does not end, or work that is repeated for each element.",
    "Crashed": "Your code ended its own process; remove exit(), and look for endless recursion.",
    "MemoryError": "A tensor is far larger than it need be: look at the shapes that broadcast.",
    "SystemExit": "Remove exit() and sys.exit() from the file.",
    "SyntaxError": "Run python on the file: it must at least be read.",
}


def advice(text: str) -> str:
    """Return advice on a failure by the error that its text names, '' where there is none."""
    for kind, sentence in ADVICE.items():
        if f"{kind}:" in text or text.endswith(kind):
            return sentence
    return ""
